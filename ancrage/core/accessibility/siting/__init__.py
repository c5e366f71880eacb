"""Where to put k more posts.

Problem. A territory may open k posts, in communes that stand ready. One post in j brings
a_ij = w_ij·post / D_j to each inhabitant of i (`ancrage.core.accessibility.potential`): the total
is the same wherever it goes, so what is decided is who gets it. x_j posts in j, Σ x_j ≤ k. Three
objectives, side by side because they do not agree:

- deficit: what people under the threshold T lack together, Σ P_i·max(0, T − A_i − Σ_j a_ij·x_j),
  is smallest. A concave function of an additive gain: taking the best post one at a time removes
  at least 1 − 1/e of what the best plan removes.
- worst off: the smallest A_i + Σ_j a_ij·x_j among the places that some post could help is
  largest; among such plans, the deficit is smallest.
- cover: the people who have a supply within some minutes are most. For a health centre, where
  opening somewhere matters more than one post.

Steps:

1. Greedy. Gains only shrink as posts are added (deficit, cover), so the best one is looked for in
   a heap of old gains: only those on top are counted again. The worst-off place is helped by one
   of the few candidates it reaches: they are tried one by one.
2. Bound. The same program with posts by fractions: no plan does better.
3. Exact. The program in whole posts, by branch and bound (HiGHS), within a time. A long search
   is cut in slices, so that somebody may follow it and leave it: what is not searched to its end
   within a slice is split in two, and keeps its bound.

The better of both plans is returned, its value recounted from the posts alone; the gap says how
much more the best plan may gain. A post that would bring nothing more is not placed.

Complexity: greedy O((candidates + k)·places around one·log candidates); the exact program is
exponential in the worst case.

References: G. Nemhauser, L. Wolsey, M. Fisher, « An analysis of approximations for maximizing
submodular set functions », Mathematical Programming 14 (1978), p. 265–294. M. Minoux,
« Accelerated greedy algorithms for maximizing submodular set functions », Optimization Techniques
(1978), p. 234–243. R. Church, C. ReVelle, « The maximal covering location problem », Papers of
the Regional Science Association 32 (1974), p. 101–118.
"""
