"""Does the work list cost more with ten thousand patients than with ten?"""
