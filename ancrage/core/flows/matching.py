"""The set of arcs of largest gain in a bipartite graph whose nodes have capacities.

Problem (maximum weight b-matching, a transportation problem with unit arcs). Given capacities
b(i) on the left, c(j) on the right and integer gains g(i, j), choose a set of arcs F with at most
b(i) arcs at each i and c(j) at each j, so that the sum of g over F is largest. Nodes may be left
idle. The matrix of the constraints is totally unimodular: the linear program has integer optima,
and its dual gives the proof. With prices u(i) ≥ 0 and v(j) ≥ 0,

    Σ g over F  ≤  Σ b(i)·u(i) + Σ c(j)·v(j) + Σ max(0, g(i, j) − u(i) − v(j))

for every F, and the solver returns an F and prices for which the two sides are equal.

Steps (successive shortest augmenting paths, kept short by prices):

1. Arcs that bring nothing are dropped; the graph falls into connected components. In each, the
   side with fewer units of capacity asks, the other one answers: free answers are then close.
2. Each unit of an asker enters in turn, at the price of its best arc. A Dijkstra search over
   reduced costs u + v − g ≥ 0 looks for the cheapest way to place it: on an answerer with room,
   by moving others along an alternating path, or by leaving idle the unit that loses least.
   The search stops as soon as nothing nearer than the best end found can exist.
3. The prices of the nodes reached move by what separates them from that end, which keeps the
   reduced costs ≥ 0; the path is flipped.

Complexity: U searches of at most O(m log n), with U the units of the smaller sides, m the arcs
and n the nodes; in practice a search reads the arcs of a few nodes. Memory O(m + n). Python
integers have no size, so that nothing is rounded and nothing overflows.

The answer does not depend on the order of the arcs.

References: R. Jonker, A. Volgenant, « A Shortest Augmenting Path Algorithm for Dense and Sparse
Linear Assignment Problems », Computing 38 (1987), p. 325–340. J. Edmonds, R. Karp, « Theoretical
Improvements in Algorithmic Efficiency for Network Flow Problems », J. ACM 19 (1972), p. 248–264.
A. Schrijver, Combinatorial Optimization (2003), chapters 17 and 21.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from ancrage.core.flows.values import BipartiteInstance, InvalidInstance, Matching

# For each asker, its arcs: (answerer, gain), sorted. Both sides share one numbering of nodes, the
# left side first.
Wishes = dict[int, list[tuple[int, int]]]
NOWHERE = -1


def best_matching(instance: BipartiteInstance) -> Matching:
    """Return arcs of largest total gain, with the prices that prove it.

    Raises:
        InvalidInstance: a capacity is negative, an arc leads nowhere, or a pair is joined twice.
    """
    left = len(instance.left)
    room = [*instance.left, *instance.right]
    wishes = _wishes(instance)
    closed = _prices_of_the_closed(wishes, room)
    search = _Search(room)
    for askers in _components(wishes, room):
        search.fill(askers)
    for node, price in closed.items():
        search.price[node] = price
    pairs = sorted(
        (min(asker, answerer), max(asker, answerer) - left)
        for answerer, holders in enumerate(search.holders)
        for asker in holders
    )
    return Matching(tuple(pairs), tuple(search.price[:left]), tuple(search.price[left:]))


def _wishes(instance: BipartiteInstance) -> Wishes:
    """Check the instance and return the arcs of each left node."""
    left, right = len(instance.left), len(instance.right)
    if any(capacity < 0 for side in (instance.left, instance.right) for capacity in side):
        raise InvalidInstance("a capacity is negative")
    if not len(instance.tails) == len(instance.heads) == len(instance.gains):
        raise InvalidInstance("tails, heads and gains differ in length")
    wishes: Wishes = {node: [] for node in range(left)}
    for tail, head, gain in zip(instance.tails, instance.heads, instance.gains, strict=True):
        if not (0 <= tail < left and 0 <= head < right):
            raise InvalidInstance(f"the arc {tail} → {head} leads nowhere")
        wishes[tail].append((left + head, gain))
    for tail, arcs in wishes.items():
        arcs.sort()
        for (head, _gain), (following, _other) in pairwise(arcs):
            if head == following:
                raise InvalidInstance(f"{tail} and {head - left} are joined twice")
    return wishes


def _prices_of_the_closed(wishes: Wishes, room: Sequence[int]) -> dict[int, int]:
    """Take away the arcs that cannot be kept or bring nothing.

    Return the prices of the nodes without room: whatever makes their arcs useless, since their
    price counts for nothing in the bound.
    """
    prices: dict[int, int] = {}
    for tail, arcs in wishes.items():
        kept = []
        for head, gain in arcs:
            if gain > 0 and room[tail] and room[head]:
                kept.append((head, gain))
            elif gain > 0:
                shut = head if room[tail] else tail
                prices[shut] = max(prices.get(shut, 0), gain)
        wishes[tail] = kept
    return prices


def _components(wishes: Wishes, room: Sequence[int]) -> Iterator[Wishes]:
    """Split the graph into its connected components, each seen from the side with fewer units."""
    root = list(range(len(room)))
    degree = [0] * len(room)

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for tail, arcs in wishes.items():
        name = find(tail)
        degree[tail] = len(arcs)
        for head, _gain in arcs:
            degree[head] += 1
            other = find(head)
            if other != name:  # the smallest node names the component
                name, other = min(name, other), max(name, other)
                root[other] = name
    left: dict[int, Wishes] = {}
    units = [0] * len(room)  # by component: those of the left less those of the right
    for node, arcs_at_node in enumerate(degree):
        sign = 1 if node in wishes else -1
        units[find(node)] += sign * min(room[node], arcs_at_node)
    for tail, arcs in wishes.items():
        if arcs:
            left.setdefault(find(tail), {})[tail] = arcs
    for name, part in left.items():
        yield part if units[name] <= 0 else _seen_from_the_right(part)


def _seen_from_the_right(part: Wishes) -> Wishes:
    turned: Wishes = {}
    for tail, arcs in part.items():
        for head, gain in arcs:
            turned.setdefault(head, []).append((tail, gain))
    return dict(sorted(turned.items()))


class _Search:
    """Who holds what so far, and every price.

    Between two units: price ≥ 0; price(asker) + price(answerer) ≥ gain on an arc not held, ≤ gain
    on an arc held; the price of an answerer with room, or of an asker with an idle unit, is 0.
    """

    def __init__(self, room: Sequence[int]) -> None:
        # What each node still has to offer; that of an asker is counted as its units come in.
        self.spare = list(room)
        self.price = [0] * len(room)
        # For an answerer, the askers that hold one of its units, with the gain of each arc.
        self.holders: list[dict[int, int]] = [{} for _node in room]
        # For an asker, the answerers it holds.
        self.held: list[set[int]] = [set() for _node in room]
        self.wishes: Wishes = {}

    def fill(self, wishes: Wishes) -> None:
        """Bring in every unit of the askers of one component."""
        self.wishes = wishes
        for asker in wishes:
            self._enter(asker)

    def _enter(self, asker: int) -> None:
        """Bring in an asker at the price of its best arc, then its units one by one."""
        price, units = self.price, self.spare[asker]
        rent, nearest, gain = max((gain - price[n], -n, gain) for n, gain in self.wishes[asker])
        if rent <= 0:
            return
        price[asker] = rent
        if self.spare[-nearest]:
            # Its reduced cost is 0 and the answerer has room: nothing can be nearer.
            self._give(asker, -nearest, gain)
            self.spare[-nearest] -= 1
            units -= 1
        # The price of an asker is what one unit more of it would bring.
        while units and price[asker]:
            self._place(asker)
            units -= 1

    def _give(self, asker: int, answerer: int, gain: int) -> None:
        self.holders[answerer][asker] = gain
        self.held[asker].add(answerer)

    def _place(self, origin: int) -> None:
        """Bring in one unit more of an asker, where that loses least."""
        price, spare, holders, held = self.price, self.spare, self.holders, self.held
        best = price[origin] + 1
        end = last = NOWHERE  # the answerer with room (or nowhere), and the last asker
        near: dict[int, int] = {}  # answerer reached → its distance
        reached_by: dict[int, tuple[int, int]] = {}  # answerer → (asker, gain of the arc)
        far = {origin: 0}  # asker reached → its distance
        gives_up: dict[int, int] = {}  # asker reached → the answerer it would give up
        todo = [(0, ~origin)]  # answerers by number, askers by complement
        settled: set[int] = set()
        while todo:
            distance, node = heappop(todo)
            if distance >= best:
                break
            if node in settled:
                continue
            settled.add(node)
            if node >= 0:
                for asker, gain in holders[node].items():
                    there = distance + gain - price[asker] - price[node]
                    if there < far.get(asker, best):
                        far[asker] = there
                        gives_up[asker] = node
                        heappush(todo, (there, ~asker))
                continue
            asker = ~node
            base = distance + price[asker]
            if base < best:  # it leaves one of its units idle
                best, end, last = base, NOWHERE, asker
            mine = held[asker]
            for answerer, gain in self.wishes[asker]:
                there = base + price[answerer] - gain
                if there < best and answerer not in mine:
                    if spare[answerer]:
                        best, end, last = there, answerer, asker
                        reached_by[answerer] = (asker, gain)
                    elif there < near.get(answerer, best):
                        near[answerer] = there
                        reached_by[answerer] = (asker, gain)
                        heappush(todo, (there, answerer))
        for node in settled:
            if node >= 0:
                price[node] += best - near[node]
            else:
                price[~node] -= best - far[~node]
        if end != NOWHERE:
            self._give(last, end, reached_by[end][1])
            spare[end] -= 1
        while last != origin:
            lost = gives_up[last]
            del holders[lost][last]
            held[last].remove(lost)
            last, gain = reached_by[lost]
            self._give(last, lost, gain)
