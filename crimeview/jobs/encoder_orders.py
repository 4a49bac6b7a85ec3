"""From what was asked for on the command line to the recipe of an encoder."""

from dataclasses import replace

from crimeview.jobs.encoder_training import Recipe
from crimeview.jobs.orders import EncoderOrder
from crimeview.training.forms import make_form

_PLAIN_RATE = 2e-4  # without batch norm a higher one ends in dead units


def recipe_of(order: EncoderOrder) -> Recipe:
    """The default recipe with what the order changes; raises UsageError for an impossible form."""
    recipe = Recipe(form=make_form(order.form, front=order.front))
    encoder = replace(recipe.encoder, seed=order.seed)
    if not recipe.form.batch_norm:
        encoder = replace(encoder, peak_rate=_PLAIN_RATE)
    if order.epochs is not None:
        encoder = replace(encoder, epochs=order.epochs)
    if order.patience is not None:
        encoder = replace(encoder, patience=order.patience)
    scenes = recipe.scenes if order.scenes is None else order.scenes
    return replace(recipe, encoder=encoder, scenes=scenes, validated=order.patience is not None)
