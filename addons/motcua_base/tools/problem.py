"""One finding of a check."""

from collections import namedtuple

# Where, what (a code that models translate into a sentence), and what the sentence
# needs.
Problem = namedtuple("Problem", "field code params")
