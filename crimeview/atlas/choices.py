"""The ways to group, by name; importing it takes no time."""

from typing import Literal, get_args

Method = Literal["finch", "k-means", "average-cosine", "ward", "hdbscan", "gaussian-mixture"]
METHODS: tuple[Method, ...] = get_args(Method)
NOISE = -1  # the cluster of what hdbscan puts in none
