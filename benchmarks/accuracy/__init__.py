"""How often is the assessment of a simulated person's diary right?"""
