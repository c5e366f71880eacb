import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("home", models.CharField(max_length=60, verbose_name="suivi par")),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("last_contact_at", models.DateTimeField(verbose_name="dernier contact")),
                (
                    "warned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="prévenu le"),
                ),
                (
                    "to_tell_since",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="à prévenir depuis le"
                    ),
                ),
                (
                    "limited_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="usage limité le"),
                ),
                (
                    "pending_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="à confirmer avant le"
                    ),
                ),
                (
                    "anonymised_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="anonymisé le"),
                ),
                (
                    "is_confirmed",
                    models.BooleanField(default=False, verbose_name="personne confirmée"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="data_subject",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "personne suivie",
                "indexes": [
                    models.Index(
                        condition=models.Q(("anonymised_at__isnull", True)),
                        fields=["last_contact_at", "id"],
                        name="data_subject_expiry",
                    ),
                    models.Index(
                        condition=models.Q(("pending_until__isnull", False)),
                        fields=["pending_until"],
                        name="data_subject_pending",
                    ),
                    models.Index(
                        condition=models.Q(("to_tell_since__isnull", False)),
                        fields=["home", "last_contact_at"],
                        name="data_subject_to_tell",
                    ),
                    models.Index(fields=["home", "-last_contact_at"], name="data_subject_home"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("anonymised_at__isnull", True),
                            models.Q(
                                ("limited_at__isnull", True),
                                ("pending_until__isnull", True),
                                ("to_tell_since__isnull", True),
                                ("user__isnull", True),
                                ("warned_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="data_subject_anonymised_is_nobody",
                        violation_error_message="Un profil anonymisé ne désigne plus personne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warned_at__isnull", True),
                            ("to_tell_since__isnull", True),
                            _connector="OR",
                        ),
                        name="data_subject_told_or_to_tell",
                        violation_error_message="Une personne prévenue n’est plus à prévenir.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=40, verbose_name="finalité")),
                ("scope", models.CharField(blank=True, max_length=60, verbose_name="pour")),
                (
                    "notice_version",
                    models.CharField(max_length=20, verbose_name="information lue"),
                ),
                ("notice_hash", models.CharField(max_length=64)),
                ("given", models.BooleanField(verbose_name="donné")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self", "par la personne, sur la plateforme"),
                            ("paper", "sur papier"),
                            ("email", "par courriel"),
                            ("phone", "par téléphone"),
                            ("meeting", "lors d’un entretien"),
                            ("restored", "repris après une restauration"),
                        ],
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                ("proof", models.CharField(blank=True, max_length=300, verbose_name="preuve")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent_entries",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "accord",
                "indexes": [
                    models.Index(
                        fields=["subject", "purpose", "scope", "-id"], name="consent_in_force"
                    ),
                    models.Index(
                        fields=["purpose", "scope", "subject", "-id"], name="consent_of_purpose"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel", "self"),
                            models.Q(("proof", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="consent_noted_by_others_has_proof",
                        violation_error_message="Dites où se trouve la preuve de cet accord.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=60, verbose_name="pour")),
                ("purpose", models.CharField(max_length=40, verbose_name="finalité")),
                ("fields", models.JSONField(default=list, verbose_name="ce qui a été vu")),
                ("at", models.DateTimeField(verbose_name="le")),
                (
                    "viewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_traces",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "indexes": [
                    models.Index(fields=["subject", "-at", "-id"], name="access_trace_subject"),
                    models.Index(fields=["at"], name="access_trace_term"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("home", models.CharField(max_length=60, verbose_name="à traiter par")),
                (
                    "requester",
                    models.CharField(blank=True, max_length=200, verbose_name="qui demande"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "Voir ses données"),
                            ("portability", "Recevoir une copie"),
                            ("rectification", "Corriger"),
                            ("erasure", "Effacer"),
                            ("limitation", "Limiter l’usage"),
                            ("objection", "S’opposer à un usage"),
                            ("withdrawal", "Retirer un accord"),
                        ],
                        max_length=20,
                        verbose_name="demande",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self", "sur la plateforme"),
                            ("email", "par courriel"),
                            ("letter", "par courrier"),
                            ("phone", "par téléphone"),
                            ("visit", "sur place"),
                        ],
                        max_length=10,
                        verbose_name="reçue",
                    ),
                ),
                ("details", models.TextField(blank=True, verbose_name="précisions")),
                ("received_at", models.DateTimeField(verbose_name="reçue le")),
                ("due_at", models.DateTimeField(verbose_name="réponse due le")),
                (
                    "extension_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="motif de prolongation"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "À traiter"),
                            ("done", "Satisfaite"),
                            ("refused", "Refusée"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="close le"),
                ),
                ("answer", models.TextField(blank=True, verbose_name="réponse et preuve")),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="close par",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rights_requests",
                        to="privacy.datasubject",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’exercice des droits",
                "indexes": [
                    models.Index(fields=["home", "status", "due_at"], name="rights_request_queue")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rights_request_closed_with_date",
                        violation_error_message="Une demande est à traiter, ou close à une date.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("discovered_at", models.DateTimeField(verbose_name="découverte le")),
                ("facts", models.TextField(verbose_name="ce qui s’est passé")),
                (
                    "people_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="personnes touchées"
                    ),
                ),
                ("effects", models.TextField(blank=True, verbose_name="conséquences possibles")),
                ("measures", models.TextField(blank=True, verbose_name="mesures prises")),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("unknown", "À évaluer"),
                            ("none", "Aucun risque pour les personnes"),
                            ("risk", "Un risque\xa0: la CNIL est prévenue"),
                            (
                                "high",
                                "Un risque élevé\xa0: la CNIL et les personnes sont prévenues",
                            ),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="risque",
                    ),
                ),
                (
                    "notified_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="CNIL prévenue le"),
                ),
                (
                    "authority_reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="numéro de la notification"
                    ),
                ),
                ("late_reason", models.TextField(blank=True, verbose_name="motif du retard")),
                (
                    "told_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="personnes prévenues le"
                    ),
                ),
                (
                    "silence_reason",
                    models.TextField(blank=True, verbose_name="pourquoi elles ne le sont pas"),
                ),
                ("created_at", models.DateTimeField(verbose_name="notée le")),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="close le"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="notée par",
                    ),
                ),
            ],
            options={
                "verbose_name": "violation de données",
                "indexes": [models.Index(fields=["-discovered_at", "-id"], name="breach_order")],
            },
        ),
    ]
