"""The list of topics from which one is chosen by name."""

from itertools import groupby

from opportunities.choices import Kind, TopicGroup
from opportunities.models import Topic
from opportunities.topics import GROUPS


def grouped_topics(topics: list[Topic], kind: Kind) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: the topics of that kind, and those that belong to no kind at all."""
    names = dict(TopicGroup.choices)
    order = list(GROUPS[kind])
    others = set(map(str, names)) - set(order)
    own = [topic for topic in topics if topic.group not in others]
    order += sorted({topic.group for topic in own} - set(order))
    ordered = sorted(own, key=lambda topic: (order.index(topic.group), topic.label, topic.pk))
    return [
        (str(names.get(group, group)), [(topic.slug, topic.label) for topic in members])
        for group, members in groupby(ordered, key=lambda topic: topic.group)
    ]
