"""Every sentence of the article's pages: what it says, the evidence says, and a diary shows."""
