"""People are reminded of a draft that they left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0010_given_up_mail_is_found_at_once")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.CharField(choices=[('proposed', 'There may be a match for you.'), ('nudge', 'A match still waits for your answer.'), ('second_contact', 'A match waits for an answer from your team.'), ('introduced', 'Both sides said yes. Here is the introduction.'), ('waiting', 'Both sides said yes. You are next in line for a free place.'), ('declined', 'The other side cannot do this one. We keep looking.'), ('no_answer', 'The other side did not answer. We keep looking.'), ('closed', 'A match was closed because it had no answer in time.'), ('ended', 'An introduction was ended.'), ('withdrawn', 'A match is no longer open.'), ('verified', 'Your profile is verified.'), ('decided', 'There is a decision on what you sent in.'), ('renewal', 'Your yearly renewal is due.'), ('invited', 'You are invited to join a team.'), ('warned', 'Please read a note about one of your introductions.'), ('reported', 'Something was reported, and waits for a reviewer.'), ('heard', 'We looked at what you told us.'), ('check', 'There is a message about your check.'), ('message', 'Somebody wrote to you.'), ('lapsed', 'A check in one of your introductions needs to be renewed.'), ('vouched', 'There is news about a team that yours vouches for.'), ('draft', 'Something you began still waits as a draft.'), ('digest', 'Several updates in one mail.')], max_length=20, verbose_name="event"),
        ),
    ]
