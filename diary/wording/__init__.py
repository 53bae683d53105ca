"""Every sentence that is shown anywhere, made from codes and numbers."""
