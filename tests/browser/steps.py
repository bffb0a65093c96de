"""What people do on the way to an introduction, page by page, with whatever hand they have."""

import re

from django.core import mail

PASSWORD = "correct-horse-9"


def press(hand, name, within="main"):
    hand.press(hand.page.locator(within).get_by_role("button", name=name).first)


def follow(hand, name, within="main"):
    menu = hand.page.get_by_role("button", name="Menu")
    if within == "header" and menu.is_visible():  # a narrow page folds it
        hand.press(menu)
    hand.press(hand.page.locator(within).get_by_role("link", name=name).first)


def unfold(hand, name):
    hand.press(hand.page.locator("summary", has_text=name).first)


def write(hand, label, text):
    hand.write(hand.page.locator("main").get_by_label(label).first, text)


def tick(hand, label, *, exact=True):
    hand.tick(hand.page.locator("main").get_by_label(label, exact=exact).first)


def heading(hand):
    return hand.page.get_by_role("heading", level=1).inner_text()


def code_from_mail(address):
    """The code in the newest mail to this address."""
    mine = [message for message in mail.outbox if address in message.to]
    return re.search(r"^([A-Z0-9-]{6,12})$", mine[-1].body, re.MULTILINE)[1]


def sign_up(hand, *, name, address, organization=""):
    """From the sign-up to a confirmed account, and the first page of questions."""
    if organization:
        write(hand, "Name of your organization", organization)
    write(hand, "Your name", name)
    write(hand, "Email address", address)
    write(hand, "Password", PASSWORD)
    press(hand, "Sign up")
    write(hand, "Code", code_from_mail(address))
    press(hand, "Go on")


def sign_in(hand, address):
    follow(hand, "Sign in", within="header")
    hand.write(hand.page.get_by_role("textbox", name="Email"), address)
    write(hand, "Password", PASSWORD)
    press(hand, "Sign In")


def ask_for_a_class(hand):
    _begin(
        hand,
        title="Car maintenance for beginners",
        text="Six people would like to know what to do when a light comes on.",
    )
    write(hand, "Legal name", "Harbor Lantern Inc")
    write(hand, "EIN or registration number", "001234567")
    write(hand, "Mission in one sentence", "We help people start again.")
    tick(hand, "No")
    _go_on(hand, places="seats", number="6")


def offer_a_class(hand):
    _begin(
        hand,
        title="Car care from a retired mechanic",
        text="Oil, tires, lights and the sounds that matter. Patient, with good coffee.",
    )
    _go_on(hand, places="capacity", number="10")


def _begin(hand, *, title, text):
    hand.tick(hand.page.get_by_label("A class or help").first)
    write(hand, "In one line", title)
    write(hand, "A little more", text)


def _go_on(hand, *, places, number):
    """The place, the details, the preview, the agreement, and the last button."""
    hand.write(hand.page.get_by_role("textbox", name="ZIP code"), "43215")
    press(hand, "Save and go on")
    _answer_details(hand)
    hand.write(hand.page.locator(f"[name={places}]"), number)
    press(hand, "Save and go on")
    hand.tick(hand.page.get_by_label("I have read this"))
    press(hand, "Publish")


def _answer_details(hand):
    """The suggested topic is confirmed as it stands; Tuesday and other evenings."""
    assert hand.page.get_by_label("Car maintenance").first.is_checked()
    hand.tick(hand.page.get_by_label("Weekday evenings"))
    unfold(hand, "Where and how")
    tick(hand, "In person")


def name_the_website(hand, website):
    """In the profile; with it the owner's own address speaks for the team."""
    follow(hand, "Your team", within="header")
    follow(hand, "Harbor Lantern")
    follow(hand, "Change the profile")
    write(hand, "Website", website)
    press(hand, "Save")


def call_back(hand, party):
    """Write down a call to a number that the party did not give, as the signed-in reviewer."""
    follow(hand, "Review", within="header")
    follow(hand, party)
    unfold(hand, "Write down a call-back")
    write(hand, "Number called", "(212) 555-0100")
    write(hand, "Where you found the number", "The state's register")
    tick(hand, "They confirmed who they are", exact=False)
    press(hand, "Write it down")


def decide(hand, party, answer):
    """Decide on what waits, as the signed-in reviewer."""
    follow(hand, "Review", within="header")
    follow(hand, party)
    tick(hand, answer)
    press(hand, "Decide")


def say_yes(hand, button):
    """From the inbox to the match, and yes."""
    follow(hand, "Inbox", within="header")
    press(hand, re.compile("match", re.IGNORECASE))
    assert heading(hand)
    press(hand, button)
