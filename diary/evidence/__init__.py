"""What does the published evidence say, as tables that analyses read and phones may carry?"""
