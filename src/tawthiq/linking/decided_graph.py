"""What decisions about links say together: groups of tellings held as one, pairs of groups kept apart, and where they clash.

Pure: nodes are whatever stands for a telling (an event, or an anchor that is not found). Groups are the components of the
decisions "together"; a decision "apart" inside one group clashes with the chain of decisions that holds its two ends.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tawthiq.records.link_decision import EventAnchor, LinkDecision, LinkVerdict

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Clash:
    """A decision that two tellings are apart, and the shortest chain of decisions that says they are one."""

    apart: LinkDecision
    chain: tuple[LinkDecision, ...]


class DecidedGraph(Generic[Node]):
    """Decisions over nodes; `nodes` names the node of every anchor of theirs."""

    def __init__(self, decisions: Sequence[LinkDecision], nodes: Mapping[EventAnchor, Node]) -> None:
        self._nodes = nodes
        self._apart = [decision for decision in decisions if decision.verdict is LinkVerdict.APART]
        self._joined: dict[Node, list[tuple[Node, LinkDecision]]] = defaultdict(list)
        self._all = list(dict.fromkeys(node for decision in decisions for node in self._ends(decision)))
        for decision in decisions:
            if decision.verdict is LinkVerdict.TOGETHER:
                one, other = self._ends(decision)
                self._joined[one].append((other, decision))
                self._joined[other].append((one, decision))
        self._root = dict(self._rooted())

    def groups(self) -> dict[Node, list[Node]]:
        """The members of each group by its first node; a telling that is only kept apart is a group of its own."""
        found: dict[Node, list[Node]] = defaultdict(list)
        for node in self._all:
            found[self._root[node]].append(node)
        return dict(found)

    def kept_apart(self) -> list[tuple[Node, Node]]:
        """Pairs of groups, by their first nodes, that some decision keeps apart."""
        pairs = ((self._root[one], self._root[other]) for one, other in map(self._ends, self._apart))
        return list(dict.fromkeys(pairs))

    def clashes(self) -> list[Clash]:
        """Of each group in which decisions clash, one "apart" whose two ends are held together, by the shortest chain."""
        found: dict[Node, Clash] = {}
        for decision in self._apart:
            one, other = self._ends(decision)
            root = self._root[one]
            if root == self._root[other]:
                clash = Clash(decision, self.chain(one, other))
                if root not in found or len(clash.chain) < len(found[root].chain):
                    found[root] = clash
        return list(found.values())

    def clash(self) -> Clash | None:
        """The clash with the shortest chain; None when all decisions can hold."""
        return min(self.clashes(), key=lambda clash: len(clash.chain), default=None)

    def chain(self, one: Node, other: Node) -> tuple[LinkDecision, ...]:
        """The shortest chain of decisions "together" from one node to the other; empty when they are one node."""
        came: dict[Node, tuple[Node, LinkDecision] | None] = {one: None}
        waiting = deque([one])
        while waiting and other not in came:
            node = waiting.popleft()
            for neighbour, decision in self._joined[node]:
                if neighbour not in came:
                    came[neighbour] = (node, decision)
                    waiting.append(neighbour)
        steps, step = [], came.get(other)
        while step is not None:
            steps.append(step[1])
            step = came[step[0]]
        return tuple(reversed(steps))

    def _ends(self, decision: LinkDecision) -> tuple[Node, Node]:
        return self._nodes[decision.first], self._nodes[decision.second]

    def _rooted(self) -> Iterator[tuple[Node, Node]]:
        """Every node beside the first node of its group."""
        seen: set[Node] = set()
        for start in self._all:
            if start in seen:
                continue
            seen.add(start)
            waiting = deque([start])
            while waiting:
                node = waiting.popleft()
                yield node, start
                for neighbour, _ in self._joined.get(node, ()):
                    if neighbour not in seen:
                        seen.add(neighbour)
                        waiting.append(neighbour)


def reconciled(
    decisions: Sequence[LinkDecision], nodes: Mapping[EventAnchor, Node]
) -> tuple[list[LinkDecision], list[LinkDecision]]:
    """The decisions that can all hold, and those of every clash among them; both in the order given.

    People's decisions do not clash when they are made; they may when a new reading makes one event of two.
    """
    left, gone = list(decisions), list[LinkDecision]()
    while clashes := DecidedGraph(left, nodes).clashes():
        ended = {each.identifier for clash in clashes for each in (clash.apart, *clash.chain)}
        gone += [each for each in left if each.identifier in ended]
        left = [each for each in left if each.identifier not in ended]
    return left, gone
