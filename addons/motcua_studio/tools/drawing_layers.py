"""A layered layout of boxes and of the lines between them.

Boxes stand in layers, each below all that lead to it. A line from one layer to a lower
one passes through a place of its own in every layer between, so that it crosses no box;
its label is such a place too. ``ranks`` are the layers and, between each two of them,
one for labels: layer n is rank 2n.
"""

MARGIN = 22  # between neighbours in a rank
SWEEPS = 12


class Node:
    """A box, or a place where a line (and perhaps its label) passes a rank."""

    def __init__(self, key, rank, width, height, weight=1.0, box=False):
        self.key = key
        self.weight = weight  # how little it moves for others
        self.rank = rank
        self.width = width
        self.height = height
        self.box = box
        self.x = 0.0  # of the centre
        self.above = []
        self.below = []

    @property
    def left(self):
        return self.x - self.width / 2

    @property
    def right(self):
        return self.x + self.width / 2


def split_edges(keys, edges):
    """Indices of the edges (pairs of keys) that lead downwards, and of those that would
    close a circle, taken in the order of ``keys``."""
    forth = {key: [] for key in keys}
    for index, (start, end) in enumerate(edges):
        forth[start].append((index, end))
    state, down, around = dict.fromkeys(keys, "new"), set(), set()

    for root in keys:
        if state[root] != "new":
            continue
        state[root] = "open"
        path = [(root, iter(forth[root]))]
        while path:
            key, ahead = path[-1]
            for index, end in ahead:
                if state[end] == "open":
                    around.add(index)
                    continue
                down.add(index)
                if state[end] == "new":
                    state[end] = "open"
                    path.append((end, iter(forth[end])))
                    break
            else:
                state[key] = "done"
                path.pop()
    return down, around


def layers(keys, edges, last=()):
    """Layer of each key: one below the lowest that leads to it. ``edges`` form no
    circle; the keys in ``last`` stand below everything else."""
    layer = dict.fromkeys(keys, 0)
    for _round in keys:
        changed = False
        for start, end in edges:
            if layer[end] <= layer[start]:
                layer[end] = layer[start] + 1
                changed = True
        if not changed:
            break
    bottom = max((layer[key] for key in keys if key not in last), default=-1) + 1
    layer.update({key: max(bottom, layer[key]) for key in keys if key in last})
    return layer


def order(ranks):
    """Sort each rank so that lines cross little: by the middle of the neighbours."""
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        place = {node: i for rank in ranks for i, node in enumerate(rank)}
        for rank in ranks if downwards else reversed(ranks):
            for node in rank:
                near = node.above if downwards else node.below
                if near:
                    node.x = sum(place[other] for other in near) / len(near)
                else:
                    node.x = place[node]
            rank.sort(key=lambda node: node.x)
            place.update({node: i for i, node in enumerate(rank)})


def spread(ranks, chains):
    """Set the ``x`` of all nodes: close to their neighbours above and below, and apart
    from those beside.

    :param chains: lists of nodes that one line passes, to be kept straight
    """
    for rank in ranks:
        _move(rank, [0.0] * len(rank))
    for sweep in range(SWEEPS):
        for rank in ranks if sweep % 2 == 0 else reversed(ranks):
            _move(rank, [_middle(node) for node in rank])
    for _sweep in range(SWEEPS):
        straight = {}
        for chain in chains:
            middle = sum(node.x for node in chain) / max(len(chain), 1)
            straight.update(dict.fromkeys(chain, middle))
        for rank in ranks:
            _move(rank, [straight.get(node, node.x) for node in rank])


def _middle(node):
    """Between its neighbours, the heavier ones counting for more."""
    near = node.above + node.below
    weight = sum(other.weight for other in near)
    return sum(other.x * other.weight for other in near) / weight if near else node.x


def _move(rank, wanted):
    gaps = [
        (one.width + other.width) / 2 + MARGIN
        for one, other in zip(rank, rank[1:], strict=False)
    ]
    places = keep_apart(wanted, gaps, [node.weight for node in rank])
    for node, x in zip(rank, places, strict=True):
        node.x = x


def keep_apart(wanted, gaps, weights=None):
    """The positions nearest to those wanted (least squares) of which each is at least
    its gap beyond the one before."""
    offsets, offset = [0.0], 0.0
    for gap in gaps:
        offset += gap
        offsets.append(offset)
    weights = weights or [1.0] * len(wanted)
    blocks = []  # (sum of weighted places, sum of weights, count)
    for place, offset, weight in zip(wanted, offsets, weights, strict=False):
        block = ((place - offset) * weight, weight, 1)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            before = blocks.pop()
            block = tuple(a + b for a, b in zip(before, block, strict=True))
        blocks.append(block)
    flat = [total / weight for total, weight, count in blocks for _p in range(count)]
    return [place + offset for place, offset in zip(flat, offsets, strict=False)]


def tracks(spans, margin=8):
    """A track number for each span ``(low, high)``: those on one track do not touch.
    Short spans come first."""
    taken, numbers = [], {}
    for index in sorted(range(len(spans)), key=lambda i: spans[i][1] - spans[i][0]):
        low, high = spans[index]
        free = [
            number
            for number, others in enumerate(taken)
            if all(high + margin <= a or b + margin <= low for a, b in others)
        ]
        numbers[index] = free[0] if free else len(taken)
        if not free:
            taken.append([])
        taken[numbers[index]].append((low, high))
    return [numbers[index] for index in range(len(spans))]
