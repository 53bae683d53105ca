"""What does the API cost beside a minimal twin of it?"""
