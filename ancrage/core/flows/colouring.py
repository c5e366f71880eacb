"""Rounds for the edges of a bipartite graph: no node twice in a round, nobody called when absent.

Problem. Each left node has a set of rounds when it is free; each right node has seats, and each
seat such a set. Give each edge a round in which its left node and one seat of its right node are
free, so that no more than so many right nodes serve in the same round.

When everybody is free in the same R rounds and no node has more than R edges, this can always be
done (König), with rounds of equal sizes up to one (de Werra): that many tables suffice. With
rounds of their own for each it is NP-complete (Even, Itai, Shamir): an edge may be left without.

Steps. An edge takes the least loaded round free at both ends. If there is none, take a round `a`
free at one end only, a round `b` free at the other: swapping `a` and `b` along the path that
starts from the busy end frees `a` there (Kempe). Inside the path everybody already holds both
rounds: only its far end must be free in the round it gains. Where tables are short, swaps
elsewhere first make room in a full round. Balancing swaps paths from large rounds to small ones.

Complexity: O(rounds² · path) for an edge at worst, O(rounds) in most cases.

References: J. A. Bondy, U. S. R. Murty, Graph Theory with Applications (1976), § 6.3.
D. de Werra, « On some combinatorial problems arising in scheduling », INFOR 8 (1970). S. Even,
A. Itai, A. Shamir, « On the complexity of timetable and multicommodity flow problems », SIAM J.
Comput. 5 (1976).
"""

from collections.abc import Iterator, Sequence

NOBODY = -1
# How many paths are tried to make room in one full round.
RELIEFS = 200


def bits(rounds: int) -> Iterator[int]:
    """Yield the rounds of a set."""
    while rounds:
        bit = rounds & -rounds
        yield bit.bit_length() - 1
        rounds ^= bit


class Colouring:
    """The rounds given so far.

    Left nodes are numbered from 0; seats follow, host by host. Edges are numbered by the caller.

    Attributes:
        round_of: the round of each edge that has one.
        load: how many right nodes serve, round by round.
    """

    def __init__(
        self,
        left: Sequence[int],
        seats: Sequence[Sequence[int]],
        room: Sequence[int],
        served: Sequence[int] = (),
    ) -> None:
        """Start with free rounds only.

        Args:
            left: the free rounds of each left node, as a set.
            seats: the free rounds of each seat of each right node.
            room: how many more right nodes may serve, round by round.
            served: rounds in which a right node serves already, and takes nothing of `room`.
        """
        rounds = len(room)
        self.free = [*left, *(mask for own in seats for mask in own)]
        self._room = room
        self.load = [0] * rounds
        self._several = any(len(own) > 1 for own in seats)
        self._at = [[NOBODY] * rounds for _node in self.free]
        self._seats: list[range] = []
        self._host: list[int] = [NOBODY] * len(left)
        for host, own in enumerate(seats):
            self._seats.append(range(len(self._host), len(self._host) + len(own)))
            self._host += [host] * len(own)
        # How many seats of a right node serve in a round, when it has several.
        self._serving = [[0] * rounds for _host in seats] if self._several else []
        for host, mask in enumerate(served if self._several else ()):
            for when in bits(mask):
                self._serving[host][when] += 1
        self._ends: dict[int, tuple[int, int]] = {}
        self.round_of: dict[int, int] = {}

    def insert(self, edge: int, left: int, right: int, within: int = -1) -> bool:
        """Give an edge one of the rounds of a set, moving others if need be; say whether it has.

        Only edges in the rounds of the set move.
        """
        seats = self._seats[right]
        for seat in seats:
            when = self._least_loaded(self.free[left] & self.free[seat] & within, seat)
            if when != NOBODY:
                self.put(edge, left, seat, when)
                return True
        for seat in seats:
            for here, there in ((left, seat), (seat, left)):
                when = self._freed(here, there, seat, within)
                if when != NOBODY:
                    self.put(edge, left, seat, when)
                    return True
        for seat in seats:
            for when in bits(self.free[left] & self.free[seat] & within):
                # The swap that makes room may have come through the ends of this very edge.
                if self._relieve(when, within) and self._is_open(when, left, seat):
                    self.put(edge, left, seat, when)
                    return True
        return False

    def put(self, edge: int, left: int, seat: int, when: int) -> None:
        """Give an edge a round in which both its ends are free."""
        self._ends[edge] = (left, seat)
        self._take(edge, left, seat, when)

    def remove(self, edge: int) -> tuple[int, int, int]:
        """Take an edge away; return what `put` needs to bring it back."""
        left, seat = self._ends.pop(edge)
        return left, seat, self._leave(edge, left, seat)

    def balance(self) -> None:
        """Even the rounds out as far as paths allow: up to one when all are free together."""
        moved = True
        while moved:
            moved = False
            order = sorted(range(len(self.load)), key=self.load.__getitem__)
            for small in order:
                for large in reversed(order):
                    if self.load[large] - self.load[small] < 2:
                        break
                    if self._shift(large, small, tries=len(self._at)):
                        moved = True
                        break

    def _take(self, edge: int, left: int, seat: int, when: int) -> None:
        bit = 1 << when
        self._at[left][when] = self._at[seat][when] = edge
        self.free[left] &= ~bit
        self.free[seat] &= ~bit
        self.round_of[edge] = when
        if self._several:
            serving = self._serving[self._host[seat]]
            serving[when] += 1
            if serving[when] > 1:
                return
        self.load[when] += 1

    def _leave(self, edge: int, left: int, seat: int) -> int:
        when = self.round_of.pop(edge)
        bit = 1 << when
        self._at[left][when] = self._at[seat][when] = NOBODY
        self.free[left] |= bit
        self.free[seat] |= bit
        if self._several:
            serving = self._serving[self._host[seat]]
            serving[when] -= 1
            if serving[when]:
                return when
        self.load[when] -= 1
        return when

    def _has_room(self, when: int, seat: int) -> bool:
        if self.load[when] < self._room[when]:
            return True
        return self._several and self._serving[self._host[seat]][when] > 0

    def _is_open(self, when: int, left: int, seat: int) -> bool:
        return bool((self.free[left] & self.free[seat]) >> when & 1) and self._has_room(when, seat)

    def _least_loaded(self, rounds: int, seat: int) -> int:
        best, lightest = NOBODY, 0
        load = self.load
        while rounds:
            bit = rounds & -rounds
            rounds ^= bit
            when = bit.bit_length() - 1
            if (best == NOBODY or load[when] < lightest) and self._has_room(when, seat):
                best, lightest = when, load[when]
        return best

    def _freed(self, busy: int, idle: int, seat: int, within: int) -> int:
        """Free a round at a busy end of the edge by a swap, and return it."""
        wanted = self.free[idle] & within & ~self.free[busy]
        spare = self.free[busy] & within
        for a in sorted(bits(wanted), key=self.load.__getitem__):
            if self._at[busy][a] == NOBODY:  # absent, not busy
                continue
            for b in bits(spare):
                path, end, gained = self._path(busy, a, b)
                if self.free[end] >> gained & 1 and self._swap(path, a, b, joining=seat):
                    return a
        return NOBODY

    def _path(self, start: int, a: int, b: int) -> tuple[list[int], int, int]:
        """Follow rounds a, b, a… from a node without b: the edges, the end, what it would gain."""
        path = []
        node, colour, other = start, a, b
        at, ends = self._at, self._ends
        edge = at[node][colour]
        while edge != NOBODY:
            path.append(edge)
            left, seat = ends[edge]
            node = seat if node == left else left
            colour, other = other, colour
            edge = at[node][colour]
        return path, node, colour

    def _swap(self, path: list[int], a: int, b: int, *, joining: int = NOBODY) -> bool:
        """Exchange two rounds along a path, unless tables are short; say whether it was done.

        `joining` is the seat of an edge that comes into round a afterwards.
        """
        if not self._several and joining == NOBODY:
            fits = len(path) % 2 == 0 or self.load[b] < self._room[b]
        elif not self._several:
            full = b if len(path) % 2 else a
            fits = self.load[full] < self._room[full]
        else:
            fits = True
        if not fits:
            return False
        self._exchange(path, a, b)
        if self._several and not (
            self.load[b] <= self._room[b]
            and self.load[a] <= self._room[a]
            and (joining == NOBODY or self._has_room(a, joining))
        ):
            self._exchange(path, a, b)
            return False
        return True

    def _exchange(self, path: list[int], a: int, b: int) -> None:
        moved = [(edge, *self._ends[edge]) for edge in path]
        left_rounds = [self._leave(edge, left, seat) for edge, left, seat in moved]
        for (edge, left, seat), when in zip(moved, left_rounds, strict=True):
            self._take(edge, left, seat, b if when == a else a)

    def _relieve(self, when: int, within: int) -> bool:
        """Make room for one more in a full round."""
        for other in sorted(bits(within & ((1 << len(self.load)) - 1)), key=self.load.__getitem__):
            if self.load[other] >= self._room[other]:
                return False
            if other != when and self._shift(when, other, tries=RELIEFS):
                return True
        return False

    def _shift(self, large: int, small: int, *, tries: int) -> bool:
        """Move one meeting more from a round to another than back, by one path."""
        for node, at in enumerate(self._at):
            if not tries:
                return False
            if at[large] == NOBODY or not self.free[node] >> small & 1:
                continue
            tries -= 1
            path, end, gained = self._path(node, large, small)
            if len(path) % 2 and self.free[end] >> gained & 1:
                before = self.load[large]
                if self._swap(path, large, small):
                    if self.load[large] < before:
                        return True
                    self._exchange(path, small, large)
        return False
