"""The least that DRF needs to keep the same walks."""
