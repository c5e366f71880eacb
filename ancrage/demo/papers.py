"""What people of the demo prove and join: licences, certificates, small files made here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates import services as candidates
from ancrage.candidates.enums import DocumentKind, ProofKind, ProofState
from ancrage.candidates.models import Candidate
from ancrage.demo.calendar import day_after_last
from ancrage.demo.profiles import Somebody
from ancrage.territory.models import Department

# Licences of the councils of Loire-Atlantique end each 15 November.
_LICENCES_END = (11, 15)
# An AFGSU lasts four years, which are 1,461 days: what is left of it, in days.
_FOUR_YEARS = 1461
_NEARLY_OVER, _OVER, _SOON = 24, -12, 55


@dataclass(frozen=True)
class _Paper:
    """A proof to write: what it is, when it was issued, and what else it says."""

    kind: ProofKind
    issued_on: date
    department: str = ""
    amount: int | None = None
    expires_on: date | None = None


def add_papers(
    candidate: Candidate,
    somebody: Somebody,
    rank: int,
    *,
    by: User,
    draws: Random,
    met: datetime,
    now: datetime,
) -> None:
    """Write the proofs and join the files of one person, some of them ending soon or over."""
    if rank % 3 == 0:
        _join_cv(candidate, by=by, now=met + timedelta(days=3))
    paper = _paper(somebody, rank, today=timezone.localdate(now), draws=draws)
    if paper is None:
        return
    then = met + timedelta(days=3)
    # What was issued since was added today.
    moment = then if paper.issued_on <= timezone.localdate(then) else now
    proof = candidates.add_proof(
        candidate=candidate,
        kind=paper.kind,
        department=Department.objects.get(code=paper.department) if paper.department else None,
        amount=paper.amount,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        by=by,
        now=moment,
    )
    if rank % 2:
        candidates.check_proof(proof=proof, state=ProofState.SEEN, by=by, now=moment)


def _paper(somebody: Somebody, rank: int, *, today: date, draws: Random) -> _Paper | None:
    if somebody.profession.is_doctor:
        return _licence(somebody, rank, today=today)
    if somebody.is_trainee and somebody.profession.code == "nurse":
        issued = today - timedelta(days=draws.randint(30, 200))
        # Most have the 48 credits asked for.
        credits = 36 if rank % 4 == 0 else 48 + 2 * draws.randint(0, 6)
        return _Paper(ProofKind.STUDENT_AS_AIDE, issued, amount=credits)
    if somebody.is_trainee or draws.random() < 0.6:
        return None
    left = draws.randint(90, 1300)
    left = {0: _NEARLY_OVER, 1: _OVER, 2: _SOON}.get(rank % 12, left)
    return _Paper(ProofKind.AFGSU_2, today - timedelta(days=_FOUR_YEARS - 1 - left))


def _licence(somebody: Somebody, rank: int, *, today: date) -> _Paper:
    """The licence of a trainee, of here or of another faculty; the Order, of a doctor."""
    if not somebody.is_trainee:
        return _Paper(ProofKind.ORDER, today - timedelta(days=900 + 37 * rank))
    if rank % 2:
        return _Paper(
            ProofKind.LOCUM_LICENCE, day_after_last(today, *_LICENCES_END), department="44"
        )
    # Other councils chose other days: these end soon, or ended.
    return _Paper(
        ProofKind.LOCUM_LICENCE,
        today - timedelta(days=340),
        department="35",
        expires_on=today + timedelta(days=_OVER if rank % 4 else _NEARLY_OVER),
    )


def _join_cv(candidate: Candidate, *, by: User, now: datetime) -> None:
    candidates.add_document(
        candidate=candidate,
        kind=DocumentKind.CV,
        title="Curriculum vitæ (fictif)",
        content=small_pdf(
            f"Curriculum vitæ de {candidate.full_name}",
            "Document inventé pour la démonstration.",
            f"Profil {candidate.pk}",
        ),
        by=by,
        now=now,
    )


def small_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines, less than a kilobyte.

    Characters that the Latin alphabet of the basic fonts lacks are left out.
    """
    escapes = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})
    shown = [line.translate(escapes) for line in lines]
    written = " T* ".join(f"({line}) Tj" for line in shown)
    text = f"BT /F1 14 Tf 20 TL 60 780 Td {written} ET".encode("cp1252", errors="ignore")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    content = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, one in enumerate(objects, start=1):
        starts.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % start for start in starts)
    content += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    content += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(content)
