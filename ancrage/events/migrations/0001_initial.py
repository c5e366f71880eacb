import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.events.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("candidates", "0001_initial"),
        ("matching", "0001_initial"),
        ("needs", "0001_initial"),
        ("partners", "0001_initial"),
        ("privacy", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Texte court"),
                            ("long_text", "Texte long"),
                            ("choice", "Un choix"),
                            ("choices", "Plusieurs choix"),
                            ("yes_no", "Oui ou non"),
                            ("number", "Nombre"),
                            ("date", "Date"),
                            ("commune", "Commune"),
                            ("link", "Lien vers une vidéo ou un site"),
                        ],
                        max_length=10,
                        verbose_name="réponse attendue",
                    ),
                ),
                (
                    "meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Pour information"),
                            ("mode", "Mode d’exercice recherché ou proposé"),
                            ("place", "Commune du lieu d’exercice, ou de résidence"),
                            ("reach", "Distance acceptée (km)"),
                            ("specialty", "Spécialité"),
                            ("start", "À partir de quand"),
                            ("days", "Jours de la semaine"),
                            ("licence", "Licence de remplacement"),
                            ("together", "Venir ou recevoir à deux professionnels"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="sens",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="question")),
                ("help_text", models.CharField(blank=True, max_length=300, verbose_name="aide")),
                (
                    "options",
                    models.JSONField(blank=True, default=list, verbose_name="réponses proposées"),
                ),
                (
                    "required",
                    models.BooleanField(default=False, verbose_name="réponse obligatoire"),
                ),
                (
                    "on_sheet",
                    models.BooleanField(default=True, verbose_name="montrée à l’autre côté"),
                ),
            ],
            options={
                "verbose_name": "question",
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                            ("docdating", "Doc’dating"),
                            ("job_dating", "Job dating"),
                            ("discovery", "Journée de découverte"),
                        ],
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("open", "Inscriptions ouvertes"),
                            ("closed", "Inscriptions closes"),
                            ("running", "En cours"),
                            ("over", "Terminé"),
                            ("cancelled", "Annulé"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                (
                    "slug",
                    models.SlugField(
                        max_length=140, unique=True, verbose_name="adresse de la page"
                    ),
                ),
                (
                    "summary",
                    models.TextField(blank=True, max_length=4000, verbose_name="présentation"),
                ),
                (
                    "partners",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="partenaires, un par ligne"
                    ),
                ),
                ("place", models.CharField(max_length=120, verbose_name="lieu")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                (
                    "access",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="accès, stationnement"
                    ),
                ),
                (
                    "welcome",
                    models.TextField(
                        blank=True, verbose_name="mot d’accueil, imprimé sur les fiches"
                    ),
                ),
                ("doors_at", models.DateTimeField(verbose_name="accueil à partir de")),
                ("starts_at", models.DateTimeField(verbose_name="premier tour à")),
                (
                    "registration_closes_at",
                    models.DateTimeField(verbose_name="fin des inscriptions"),
                ),
                ("wishes_close_at", models.DateTimeField(verbose_name="fin des vœux")),
                (
                    "marks_close_at",
                    models.DateTimeField(verbose_name="fin des réponses «\xa0revoir\xa0»"),
                ),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(default=12, verbose_name="nombre de tours"),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="durée d’un tour (minutes)"
                    ),
                ),
                (
                    "changeover",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="battement entre deux tours (minutes)"
                    ),
                ),
                (
                    "guarantee",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="rencontres garanties"
                    ),
                ),
                (
                    "run_limit",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="rencontres d’affilée, au plus"
                    ),
                ),
                (
                    "dropped_rounds",
                    models.JSONField(blank=True, default=list, verbose_name="tours supprimés"),
                ),
                (
                    "weights",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="poids de la compatibilité"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulé le"),
                ),
                (
                    "cancelled_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "En préparation"),
                            ("open", "Inscriptions ouvertes"),
                            ("closed", "Inscriptions closes"),
                            ("running", "En cours"),
                            ("over", "Terminé"),
                            ("cancelled", "Annulé"),
                        ],
                        max_length=10,
                        verbose_name="état avant l’annulation",
                    ),
                ),
                (
                    "cancelled_because",
                    models.TextField(
                        blank=True, max_length=500, verbose_name="raison de l’annulation"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "événement",
                "indexes": [
                    models.Index(fields=["territory", "-starts_at"], name="event_territory"),
                    models.Index(fields=["state", "starts_at"], name="event_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doors_at__lte", models.F("starts_at")),
                            ("registration_closes_at__lte", models.F("starts_at")),
                            ("wishes_close_at__lte", models.F("starts_at")),
                            ("marks_close_at__gte", models.F("starts_at")),
                        ),
                        name="event_in_order",
                        violation_error_message="Ces dates se contredisent\xa0: inscriptions et vœux finissent avant le premier tour, les réponses «\xa0revoir\xa0» après.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__gte", 1),
                            ("rounds__gte", 1),
                            ("rounds__lte", 60),
                            ("changeover__lte", 60),
                            ("guarantee__lte", models.F("rounds")),
                            ("minutes__lte", 120),
                            models.Q(
                                ("run_limit__isnull", True), ("run_limit__gte", 1), _connector="OR"
                            ),
                        ),
                        name="event_rounds_are_possible",
                        violation_error_message="De 1 à 60 tours, de 1 à 120 minutes, et pas plus de rencontres garanties que de tours.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventBreak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("after_round", models.PositiveSmallIntegerField(verbose_name="après le tour")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="durée (minutes)")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="breaks",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "after_round"),
                        name="event_break_once",
                        violation_error_message="Il y a déjà une pause après ce tour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 240)),
                        name="event_break_lasts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="adresse électronique"
                    ),
                ),
                ("email_key", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                (
                    "organisation",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="cabinet, structure ou faculté"
                    ),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="remarque pour l’organisation"
                    ),
                ),
                ("language", models.CharField(default="fr", max_length=5, verbose_name="langue")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("public", "Page publique"),
                            ("organiser", "Saisie par l’organisation"),
                            ("import", "Reprise d’un fichier"),
                            ("walk_in", "Sur place"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Liste d’attente"),
                            ("registered", "Inscription enregistrée"),
                            ("confirmed", "Présence confirmée"),
                            ("cancelled", "Désistement"),
                        ],
                        max_length=10,
                        verbose_name="inscription",
                    ),
                ),
                (
                    "shares_sheet",
                    models.BooleanField(default=False, verbose_name="fiche montrée avec le nom"),
                ),
                (
                    "badge",
                    models.CharField(
                        default=ancrage.events.models.people.new_badge,
                        max_length=6,
                        verbose_name="badge",
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="inscription le")),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="présence confirmée le"
                    ),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="désistement le"),
                ),
                (
                    "arrived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrivée"),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="départ")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "candidate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="events.event",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to="partners.partner",
                        verbose_name="structure du territoire",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "indexes": [
                    models.Index(
                        fields=["event", "state", "registered_at"], name="event_participant_queue"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("email_key", ""), _negated=True),
                            models.Q(("state", "cancelled"), _negated=True),
                        ),
                        fields=("event", "email_key"),
                        name="event_participant_once",
                        violation_error_message="Cette adresse est déjà inscrite à cet événement.",
                    ),
                    models.UniqueConstraint(fields=("event", "badge"), name="event_badge_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="event_participant_cancelled_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True),
                            models.Q(
                                ("arrived_at__isnull", False),
                                ("left_at__gte", models.F("arrived_at")),
                            ),
                            _connector="OR",
                        ),
                        name="event_participant_leaves_after_arriving",
                        violation_error_message="Le départ précède l’arrivée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rating", models.PositiveSmallIntegerField(verbose_name="note de 1 à 5")),
                (
                    "comment",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="à garder, à changer"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="events.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "avis sur l’événement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rating__gte", 1), ("rating__lte", 5)),
                        name="event_feedback_is_a_mark",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistinctRegistrations",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distinct_pairs",
                        to="events.event",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.participant",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "inscriptions distinctes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"), name="event_distinct_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="event_distinct_ordered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
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
                            ("single", "Seul·e"),
                            ("team", "Équipe à une même table"),
                            ("couple", "Personnes qui se déplacent ensemble"),
                        ],
                        default="single",
                        max_length=8,
                        verbose_name="composition",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=120, verbose_name="nom de l’équipe"),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="visiteurs reçus à la fois"
                    ),
                ),
                (
                    "absent_rounds",
                    models.JSONField(blank=True, default=list, verbose_name="tours d’absence"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="events.event",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parties",
                        to="needs.need",
                        verbose_name="besoin publié",
                    ),
                ),
            ],
            options={
                "verbose_name": "groupe",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seats__gte", 1)), name="event_party_has_a_seat"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="participant",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="events.party",
            ),
        ),
        migrations.CreateModel(
            name="PairRule",
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
                        choices=[("locked", "Imposée"), ("forbidden", "Interdite")], max_length=10
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tour"),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="raison")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="events.event",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.party",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de paire",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("host", "visitor"),
                        name="event_rule_once",
                        violation_error_message="Cette paire a déjà une règle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "locked"), ("round__isnull", True), _connector="OR"
                        ),
                        name="event_rule_round_is_of_a_lock",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Oui"), ("perhaps", "Peut-être"), ("no", "Non")],
                        max_length=8,
                        verbose_name="revoir",
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, max_length=2000, verbose_name="note personnelle"),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="events.participant",
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks_received",
                        to="events.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse «\xa0revoir\xa0»",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "about"), name="event_mark_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                (
                    "introduction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="event_contact",
                        to="matching.introduction",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="events.event",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts_as_host",
                        to="events.party",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts_as_visitor",
                        to="events.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact ouvert",
                "constraints": [
                    models.UniqueConstraint(fields=("host", "visitor"), name="event_contact_once"),
                    models.CheckConstraint(
                        condition=models.Q(("host", models.F("visitor")), _negated=True),
                        name="event_contact_is_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("codes", models.JSONField(blank=True, default=list)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.participant",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="events.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "question"), name="event_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="tour")),
                ("started_at", models.DateTimeField(verbose_name="commencé à")),
                ("ends_at", models.DateTimeField(verbose_name="se termine à")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="terminé à"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actual_rounds",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "tour",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "number"), name="event_round_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("event",),
                        name="event_round_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("started_at")),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_at__gte", models.F("started_at")),
                                _connector="OR",
                            ),
                        ),
                        name="event_round_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Side",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("host", "Reste à sa table"), ("visitor", "Change de table")],
                        max_length=8,
                        verbose_name="pendant la soirée",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom du côté, au pluriel")),
                ("singular", models.CharField(max_length=60, verbose_name="au singulier")),
                (
                    "explanation",
                    models.TextField(blank=True, max_length=1000, verbose_name="pour qui"),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="nombre de places"
                    ),
                ),
                (
                    "wish_weight",
                    models.PositiveSmallIntegerField(default=5, verbose_name="poids de ses vœux"),
                ),
                (
                    "most_meetings",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="rencontres, au plus"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sides",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "côté",
                "constraints": [
                    models.UniqueConstraint(fields=("event", "role"), name="event_side_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wish_weight__lte", 10),
                            models.Q(
                                ("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"
                            ),
                            models.Q(
                                ("most_meetings__isnull", True),
                                ("most_meetings__gte", 1),
                                _connector="OR",
                            ),
                        ),
                        name="event_side_is_possible",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="side",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="events.side",
            ),
        ),
        migrations.AddField(
            model_name="party",
            name="side",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parties",
                to="events.side",
            ),
        ),
        migrations.CreateModel(
            name="Table",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("label", models.CharField(blank=True, max_length=40, verbose_name="nom")),
                ("x", models.PositiveSmallIntegerField(default=0)),
                ("y", models.PositiveSmallIntegerField(default=0)),
                ("usable", models.BooleanField(default=True, verbose_name="utilisable")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tables",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "table",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "number"),
                        name="event_table_number",
                        violation_error_message="Ce numéro de table est déjà pris.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="party",
            name="table",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parties",
                to="events.table",
            ),
        ),
        migrations.CreateModel(
            name="Timetable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
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
                ("from_round", models.PositiveSmallIntegerField(default=0)),
                ("instance", models.JSONField(default=dict)),
                ("levels", models.JSONField(default=list)),
                ("score", models.FloatField(blank=True, null=True)),
                ("bound", models.FloatField(blank=True, null=True)),
                ("gap", models.FloatField(blank=True, null=True)),
                ("proof", models.CharField(blank=True, max_length=40)),
                ("changes", models.PositiveIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(verbose_name="calculé le")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publié le"),
                ),
                ("in_force", models.BooleanField(default=False, verbose_name="en vigueur")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timetables",
                        to="events.event",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "grille de passage",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "version"), name="event_timetable_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("in_force", True)),
                        fields=("event",),
                        name="event_timetable_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force", False),
                            models.Q(("published_at__isnull", False), ("status", "done")),
                            _connector="OR",
                        ),
                        name="event_timetable_in_force_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            models.Q(
                                ("bound__isnull", False),
                                ("gap__isnull", False),
                                ("score__isnull", False),
                                models.Q(("proof", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="event_timetable_done_has_proof",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="tour")),
                ("held", models.BooleanField(default=False, verbose_name="tenue")),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings_as_host",
                        to="events.party",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings_as_visitor",
                        to="events.party",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="meetings",
                        to="events.table",
                    ),
                ),
                (
                    "timetable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="events.timetable",
                    ),
                ),
            ],
            options={
                "verbose_name": "rencontre",
                "indexes": [
                    models.Index(fields=["timetable", "round"], name="event_meeting_round")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("timetable", "round", "visitor"), name="event_meeting_visitor_once"
                    ),
                    models.UniqueConstraint(
                        fields=("timetable", "host", "visitor"), name="event_meeting_pair_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("host", models.F("visitor")), _negated=True),
                        name="event_meeting_is_of_two",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                        choices=[("wanted", "Souhait"), ("refused", "À ne pas rencontrer")],
                        max_length=8,
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rang"),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wished_by",
                        to="events.party",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="events.party",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "vœu",
                "indexes": [models.Index(fields=["event", "kind"], name="event_wish_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("by", "about"), name="event_wish_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "wanted"), ("rank__gte", 1), ("rank__isnull", False)
                            ),
                            models.Q(("kind", "refused"), ("rank__isnull", True)),
                            _connector="OR",
                        ),
                        name="event_wish_is_ranked_or_refusal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("about")), _negated=True),
                        name="event_wish_is_about_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactFollowUp",
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
                        choices=[("host", "Reste à sa table"), ("visitor", "Change de table")],
                        max_length=8,
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="mois")),
                ("due_on", models.DateField(verbose_name="à demander le")),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nothing_yet", "Rien pour le moment"),
                            ("in_touch", "Nous sommes en contact"),
                            ("locum", "Remplacement fait ou prévu"),
                            ("collaboration", "Collaboration"),
                            ("association", "Association ou reprise"),
                            ("supervision", "Accueil d’un docteur junior"),
                            ("hired", "Embauche"),
                            ("gave_up", "Sans suite"),
                        ],
                        max_length=16,
                        verbose_name="où vous en êtes",
                    ),
                ),
                (
                    "comment",
                    models.TextField(blank=True, max_length=1000, verbose_name="un mot de plus"),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="events.contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "suite d’un contact",
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_on__isnull", True)),
                        fields=["due_on"],
                        name="event_follow_up_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "side", "months"), name="event_follow_up_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="event_follow_up_answer_is_whole",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["side", "position"], name="event_question_order"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("meaning", ""), _negated=True),
                fields=("side", "meaning"),
                name="event_question_meaning_once",
                violation_error_message="Une autre question a déjà ce sens de ce côté.",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["event", "side"], name="event_party_side"),
        ),
    ]
