"""The model: what a page says, what will be said, when it is said. Frozen values, no input or output."""
