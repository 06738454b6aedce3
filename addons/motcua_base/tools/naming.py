"""What belongs to this product, by its name."""

PREFIX = "motcua."


def is_ours(model):
    """Whether a model, given by its name, is one of ours; nothing is none."""
    return bool(model) and model.startswith(PREFIX)
