import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("candidates", "0001_initial"),
        ("needs", "0001_initial"),
        ("partners", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("coordination", "Proposée par la coordination"),
                            ("partner", "Demandée par la structure"),
                            ("person", "Candidature de la personne"),
                        ],
                        max_length=12,
                        verbose_name="origine",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposée"),
                            ("agreed", "À répondre"),
                            ("answered", "À rencontrer"),
                            ("meeting", "Rendez-vous"),
                            ("offer", "Offre faite"),
                            ("hired", "Embauche"),
                            ("closed", "Close"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="à cette étape depuis")),
                ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                ("through_coordination", models.BooleanField(default=False)),
                (
                    "relayed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="transmise le"),
                ),
                (
                    "agreed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="accord de la personne le"
                    ),
                ),
                (
                    "answer_due_on",
                    models.DateField(blank=True, null=True, verbose_name="réponse attendue le"),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="réponse de la structure le"
                    ),
                ),
                (
                    "meeting_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="rendez-vous le"),
                ),
                (
                    "meeting_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée (minutes)"
                    ),
                ),
                (
                    "meeting_place",
                    models.CharField(blank=True, max_length=200, verbose_name="lieu"),
                ),
                ("meeting_sequence", models.PositiveSmallIntegerField(default=0)),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="prise de poste"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminée le"),
                ),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_interested", "Le poste ne me convient pas"),
                            ("too_far", "Trop loin"),
                            ("terms", "Conditions proposées\xa0: contrat, horaires, rémunération"),
                            ("timing", "Pas le bon moment"),
                            ("found_elsewhere", "J’ai trouvé un autre poste"),
                            ("other_skills", "Compétences attendues différentes"),
                            ("other_availability", "Disponibilités qui ne concordent pas"),
                            ("no_agreement", "Pas d’accord sur les conditions"),
                            ("position_filled", "Poste pourvu entre-temps"),
                            ("no_show", "Rendez-vous manqué, sans nouvelles depuis"),
                            ("mistake", "Proposée par erreur"),
                            ("no_answer_person", "Sans réponse de la personne"),
                            ("charter", "Salarié d’un autre membre\xa0: demande non transmise"),
                            ("no_answer_partner", "Sans réponse de la structure"),
                            ("other", "Autre raison"),
                            ("need_closed", "Le poste n’est plus à pourvoir"),
                            ("hired_elsewhere", "Recrutement dans une autre structure"),
                            ("consent_withdrawn", "Accord retiré par la personne"),
                            ("limited", "Profil mis en pause par la personne"),
                            ("erased", "Profil effacé"),
                            ("merged", "Réunie à une autre mise en relation de la même personne"),
                            ("not_relayed", "Demande non transmise dans le mois"),
                            ("partner_left", "La structure a quitté le territoire"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                (
                    "closed_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "La personne"),
                            ("partner", "La structure"),
                            ("coordination", "La coordination"),
                            ("platform", "La plateforme"),
                        ],
                        max_length=12,
                        verbose_name="close par",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to="candidates.candidate",
                        verbose_name="personne",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="needs.need",
                        verbose_name="besoin",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposée par",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "mise en relation",
                "indexes": [
                    models.Index(
                        fields=["territory", "state", "-state_since"], name="introduction_board"
                    ),
                    models.Index(
                        fields=["partner", "state", "-state_since"], name="introduction_partner"
                    ),
                    models.Index(
                        condition=models.Q(("state", "agreed")),
                        fields=["answer_due_on"],
                        name="introduction_clock",
                    ),
                    models.Index(fields=["need", "state"], name="introduction_need"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["agreed", "answered", "meeting", "offer", "proposed"])
                        ),
                        fields=("candidate", "need"),
                        name="introduction_open_once",
                        violation_error_message="Cette personne est déjà en relation avec la structure pour ce poste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "closed"),
                                models.Q(("close_reason", ""), _negated=True),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("close_reason", ""),
                                ("closed_by", ""),
                            ),
                            _connector="OR",
                        ),
                        name="introduction_closed_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                (
                                    "state__in",
                                    ["agreed", "answered", "meeting", "offer", "proposed"],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        ["agreed", "answered", "meeting", "offer", "proposed"],
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="introduction_ended_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relayed_at__isnull", True),
                            ("through_coordination", True),
                            _connector="OR",
                        ),
                        name="introduction_relayed_was_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at__isnull", True),
                            ("through_coordination", False),
                            ("relayed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="introduction_agreed_was_relayed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("answer_due_on__isnull", True)),
                            models.Q(
                                ("agreed_at__isnull", False), ("answer_due_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="introduction_agreed_has_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "closed"]),
                            ("agreed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="introduction_past_agreement_is_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("meeting_at__isnull", True), ("meeting_minutes__isnull", True)
                            ),
                            models.Q(
                                ("meeting_at__isnull", False),
                                ("meeting_minutes__gte", 5),
                                ("meeting_minutes__isnull", False),
                                ("meeting_minutes__lte", 720),
                            ),
                            _connector="OR",
                        ),
                        name="introduction_meeting_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_at__isnull", True),
                            ("agreed_at__gte", models.F("proposed_at")),
                            _connector="OR",
                        ),
                        name="introduction_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("person", "La personne"),
                            ("partner", "La structure"),
                            ("coordination", "La coordination"),
                            ("platform", "La plateforme"),
                        ],
                        max_length=12,
                        verbose_name="de",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="matching.introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "message d’une mise en relation",
                "indexes": [
                    models.Index(fields=["introduction", "at"], name="introduction_message_at")
                ],
            },
        ),
        migrations.CreateModel(
            name="IntroductionMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposée"),
                            ("agreed", "À répondre"),
                            ("answered", "À rencontrer"),
                            ("meeting", "Rendez-vous"),
                            ("offer", "Offre faite"),
                            ("hired", "Embauche"),
                            ("closed", "Close"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposée"),
                            ("agreed", "À répondre"),
                            ("answered", "À rencontrer"),
                            ("meeting", "Rendez-vous"),
                            ("offer", "Offre faite"),
                            ("hired", "Embauche"),
                            ("closed", "Close"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("person", "La personne"),
                            ("partner", "La structure"),
                            ("coordination", "La coordination"),
                            ("platform", "La plateforme"),
                        ],
                        max_length=12,
                        verbose_name="qui",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_interested", "Le poste ne me convient pas"),
                            ("too_far", "Trop loin"),
                            ("terms", "Conditions proposées\xa0: contrat, horaires, rémunération"),
                            ("timing", "Pas le bon moment"),
                            ("found_elsewhere", "J’ai trouvé un autre poste"),
                            ("other_skills", "Compétences attendues différentes"),
                            ("other_availability", "Disponibilités qui ne concordent pas"),
                            ("no_agreement", "Pas d’accord sur les conditions"),
                            ("position_filled", "Poste pourvu entre-temps"),
                            ("no_show", "Rendez-vous manqué, sans nouvelles depuis"),
                            ("mistake", "Proposée par erreur"),
                            ("no_answer_person", "Sans réponse de la personne"),
                            ("charter", "Salarié d’un autre membre\xa0: demande non transmise"),
                            ("no_answer_partner", "Sans réponse de la structure"),
                            ("other", "Autre raison"),
                            ("need_closed", "Le poste n’est plus à pourvoir"),
                            ("hired_elsewhere", "Recrutement dans une autre structure"),
                            ("consent_withdrawn", "Accord retiré par la personne"),
                            ("limited", "Profil mis en pause par la personne"),
                            ("erased", "Profil effacé"),
                            ("merged", "Réunie à une autre mise en relation de la même personne"),
                            ("not_relayed", "Demande non transmise dans le mois"),
                            ("partner_left", "La structure a quitté le territoire"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="précision")),
                ("fills_post", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consequences",
                        to="matching.introductionmove",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="matching.introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une mise en relation",
                "indexes": [
                    models.Index(fields=["introduction", "-at"], name="introduction_move_at"),
                    models.Index(fields=["after", "at"], name="introduction_move_figures"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("lock", "Imposée"), ("exclude", "Écartée")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "choix pour le plan territorial",
                "constraints": [
                    models.UniqueConstraint(fields=("candidate", "need"), name="plan_choice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Calculé"),
                            ("failed", "Impossible"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                (
                    "proposals_per_person",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="propositions par personne"
                    ),
                ),
                ("done_count", models.PositiveIntegerField(default=0)),
                ("total_count", models.PositiveIntegerField(default=0)),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="calculé le"),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("locked_twice", "Une personne est imposée à deux postes."),
                            (
                                "too_many_locks",
                                "Un besoin a plus de personnes imposées que de postes.",
                            ),
                        ],
                        max_length=24,
                    ),
                ),
                ("people_count", models.PositiveIntegerField(default=0)),
                ("pair_count", models.PositiveIntegerField(default=0)),
                ("post_count", models.PositiveIntegerField(default=0)),
                ("missing_fte", models.PositiveIntegerField(default=0)),
                ("fte", models.PositiveIntegerField(default=0)),
                ("fit", models.PositiveIntegerField(default=0)),
                ("alone_fte", models.PositiveIntegerField(default=0)),
                ("alone_fit", models.PositiveIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_runs",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "calcul du plan territorial",
                "indexes": [
                    models.Index(fields=["territory", "-asked_at"], name="plan_run_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fte", models.PositiveSmallIntegerField(verbose_name="quotité couverte (%)")),
                ("fit", models.PositiveSmallIntegerField(verbose_name="adéquation")),
                ("is_alternative", models.BooleanField(default=False, verbose_name="en réserve")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plan_lines",
                        to="matching.introduction",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="needs.need",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="matching.planrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne du plan territorial",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "candidate", "need"), name="plan_line_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanGain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alone_fte", models.PositiveIntegerField()),
                ("together_fte", models.PositiveIntegerField()),
                ("alone_posts", models.PositiveIntegerField()),
                ("together_posts", models.PositiveIntegerField()),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gains",
                        to="matching.planrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "gain d’une structure",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "partner"), name="plan_gain_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("needs", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lock", "Imposé"), ("exclude", "Écarté")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "choix d’assemblage",
                "constraints": [
                    models.UniqueConstraint(fields=("territory", "needs"), name="post_choice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PostRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Calculé"),
                            ("failed", "Impossible"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="demandée le")),
                (
                    "travel_limit",
                    models.PositiveSmallIntegerField(
                        verbose_name="minutes entre deux sites, au plus"
                    ),
                ),
                (
                    "fte_least",
                    models.PositiveSmallIntegerField(verbose_name="total, au moins (%)"),
                ),
                ("fte_most", models.PositiveSmallIntegerField(verbose_name="total, au plus (%)")),
                ("is_stopped", models.BooleanField(default=False)),
                ("done_count", models.PositiveIntegerField(default=0)),
                ("total_count", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("found", models.JSONField(default=list)),
                ("left", models.JSONField(default=list)),
                ("fte", models.PositiveIntegerField(default=0)),
                ("travel", models.PositiveIntegerField(default=0)),
                ("bound_fte", models.PositiveIntegerField(default=0)),
                ("is_optimal", models.BooleanField(default=False)),
                ("set_count", models.PositiveIntegerField(default=0)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="post_runs",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "détection de postes partagés",
                "indexes": [
                    models.Index(fields=["territory", "-asked_at"], name="post_run_latest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "running"])),
                        fields=("territory",),
                        name="post_run_one_at_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte_least__gte", 1),
                            ("fte_least__lte", models.F("fte_most")),
                            ("fte_most__lte", 100),
                        ),
                        name="post_run_total_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetainedPartTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fte_hundredths",
                    models.PositiveSmallIntegerField(verbose_name="temps de travail aujourd’hui"),
                ),
                ("slots", models.CharField(max_length=120, verbose_name="créneaux pris")),
                ("starts_on", models.DateField(verbose_name="davantage d’heures à partir du")),
                (
                    "wished_least",
                    models.PositiveSmallIntegerField(verbose_name="total souhaité, au moins"),
                ),
                (
                    "wished_most",
                    models.PositiveSmallIntegerField(verbose_name="total souhaité, au plus"),
                ),
                ("changed_at", models.DateTimeField(verbose_name="mis à jour le")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.facility",
                        verbose_name="établissement",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.specialty",
                        verbose_name="spécialité",
                    ),
                ),
            ],
            options={
                "verbose_name": "temps partiel à compléter",
                "indexes": [
                    models.Index(fields=["partner", "-changed_at"], name="retained_of_partner")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte_hundredths__gte", 1),
                            ("wished_least__gt", models.F("fte_hundredths")),
                            ("wished_most__gte", models.F("wished_least")),
                            ("wished_most__lte", 100),
                        ),
                        name="retained_wishes_more",
                        violation_error_message="Le total souhaité dépasse le temps d’aujourd’hui.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("profiles", "Profils pour un besoin"),
                            ("needs", "Besoins qui me correspondent"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("query", models.CharField(blank=True, max_length=600)),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("daily", "Chaque jour"),
                            ("weekly", "Chaque semaine"),
                            ("never", "Jamais"),
                        ],
                        default="weekly",
                        max_length=8,
                        verbose_name="prévenir par courriel",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="enregistrée le")),
                (
                    "seen_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ouverte le"),
                ),
                ("told_at", models.DateTimeField(verbose_name="nouvelles jusqu’au")),
                (
                    "deleted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="supprimée le"),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to="needs.need",
                        verbose_name="besoin",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "recherche enregistrée",
                "indexes": [
                    models.Index(fields=["frequency", "told_at"], name="saved_search_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "profiles"), ("need__isnull", False)),
                            models.Q(("kind", "needs"), ("need__isnull", True)),
                            _connector="OR",
                        ),
                        name="saved_search_need_of_its_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=("owner", "name"),
                        name="saved_search_name_once",
                        violation_error_message="Une de vos recherches porte déjà ce nom.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposé"),
                            ("studied", "À l’étude"),
                            ("agreed", "Accepté par tous"),
                            ("signed", "Signé"),
                            ("running", "En cours"),
                            ("ended", "Terminé"),
                            ("given_up", "Abandonné"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="à cette étape depuis")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                (
                    "travel",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="minutes entre les sites"
                    ),
                ),
                (
                    "vehicle",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secondment", "Mise à disposition d’un agent public"),
                            ("loan", "Prêt de main-d’œuvre sans but lucratif"),
                            ("employer_group", "Groupement d’employeurs"),
                            ("cooperation", "Convention de coopération (GCS, GHT)"),
                            ("several_contracts", "Plusieurs contrats à temps partiel (cumul)"),
                        ],
                        max_length=20,
                        verbose_name="forme juridique",
                    ),
                ),
                (
                    "has_territorial_bonus",
                    models.BooleanField(
                        default=False, verbose_name="avec prime d’exercice territorial"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="début")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signé le")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employer_refuses", "Un employeur ne souhaite pas ce partage"),
                            ("no_vehicle", "Aucune forme juridique ne convient"),
                            ("nobody_found", "Personne n’a pris le poste"),
                            ("fraction_gone", "Une des fractions n’est plus à pourvoir"),
                            ("better", "Un meilleur assemblage existe"),
                            ("mistake", "Ouvert par erreur"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                        verbose_name="employeur porteur",
                    ),
                ),
                (
                    "need",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_post",
                        to="needs.need",
                        verbose_name="besoin commun",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "poste partagé",
                "indexes": [
                    models.Index(
                        fields=["territory", "state", "-state_since"], name="shared_post_list"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "given_up"), models.Q(("end_reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "given_up"), _negated=True), ("end_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="shared_post_given_up_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="shared_post_ends_after_start",
                        violation_error_message="La fin ne peut pas précéder le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "given_up"]),
                            models.Q(
                                models.Q(("vehicle", ""), _negated=True),
                                ("lead__isnull", False),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="shared_post_asked_has_terms",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPostPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("copy", models.PositiveSmallIntegerField(default=1)),
                ("fte", models.PositiveSmallIntegerField(verbose_name="quotité (%)")),
                ("week", models.CharField(blank=True, max_length=120, verbose_name="jours")),
                ("is_live", models.BooleanField(default=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("not_asked", "Pas encore consulté"),
                            ("asked", "Accord demandé"),
                            ("agreed", "D’accord"),
                            ("refused", "Refuse"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="accord",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="consulté le"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="réponse du"),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alone", "Je cherche quelqu’un pour ma fraction seule"),
                            ("filled", "Poste pourvu ou supprimé"),
                            ("days", "Ces jours ne conviennent pas"),
                            ("vehicle", "La forme juridique proposée ne convient pas"),
                            ("cost", "Le partage des coûts ne convient pas"),
                            ("other_employer", "Pas avec cet employeur"),
                            ("other", "Autre raison"),
                        ],
                        max_length=20,
                        verbose_name="raison du refus",
                    ),
                ),
                (
                    "refusal_note",
                    models.CharField(blank=True, max_length=300, verbose_name="précision"),
                ),
                (
                    "cost_percent",
                    models.PositiveSmallIntegerField(verbose_name="part du coût (%)"),
                ),
                (
                    "signatory",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="signataire (fonction)"
                    ),
                ),
                (
                    "set_aside",
                    models.CharField(
                        choices=[
                            ("no", "Besoin inchangé"),
                            ("paused", "Besoin mis en pause"),
                            ("one_less", "Un poste retiré du besoin"),
                            ("filled", "Besoin pourvu"),
                        ],
                        default="no",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_parts",
                        to="needs.need",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_parts",
                        to="partners.partner",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="matching.sharedpost",
                    ),
                ),
                (
                    "retained",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_parts",
                        to="matching.retainedparttime",
                    ),
                ),
            ],
            options={
                "verbose_name": "part d’un poste partagé",
                "indexes": [
                    models.Index(fields=["partner", "asked_at"], name="shared_part_partner")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_live", True)),
                        fields=("need", "copy"),
                        name="fraction_in_one_live_post",
                        violation_error_message="Cette fraction est déjà dans un autre poste partagé.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_live", True), ("retained__isnull", False)),
                        fields=("retained",),
                        name="retained_in_one_live_post",
                        violation_error_message="Cette fraction est déjà dans un autre poste partagé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("need__isnull", True), ("retained__isnull", False)),
                            models.Q(("need__isnull", False), ("retained__isnull", True)),
                            _connector="OR",
                        ),
                        name="shared_part_has_one_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", "refused"), models.Q(("refusal", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("answer", "refused"), _negated=True), ("refusal", "")
                            ),
                            _connector="OR",
                        ),
                        name="shared_part_refusal_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost_percent__lte", 100)),
                        name="shared_part_cost_range",
                        violation_error_message="Une part de coût va de 0 à 100 %.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPostMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposé"),
                            ("studied", "À l’étude"),
                            ("agreed", "Accepté par tous"),
                            ("signed", "Signé"),
                            ("running", "En cours"),
                            ("ended", "Terminé"),
                            ("given_up", "Abandonné"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposé"),
                            ("studied", "À l’étude"),
                            ("agreed", "Accepté par tous"),
                            ("signed", "Signé"),
                            ("running", "En cours"),
                            ("ended", "Terminé"),
                            ("given_up", "Abandonné"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_asked", "Pas encore consulté"),
                            ("asked", "Accord demandé"),
                            ("agreed", "D’accord"),
                            ("refused", "Refuse"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="matching.sharedpost",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="matching.sharedpostpart",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’un poste partagé",
                "indexes": [models.Index(fields=["post", "-at"], name="shared_post_move_at")],
            },
        ),
        migrations.CreateModel(
            name="ShownDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="montré le")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.document",
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_documents",
                        to="matching.introduction",
                    ),
                ),
            ],
            options={
                "verbose_name": "document montré",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("introduction", "document"), name="shown_document_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FractionWeek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slots", models.CharField(max_length=120, verbose_name="créneaux possibles")),
                ("needed", models.PositiveSmallIntegerField(verbose_name="créneaux par semaine")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "need",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fraction_week",
                        to="needs.need",
                    ),
                ),
            ],
            options={
                "verbose_name": "jours d’une fraction",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("needed__gte", 1), ("needed__lte", 28)),
                        name="fraction_week_needs_some",
                    )
                ],
            },
        ),
    ]
