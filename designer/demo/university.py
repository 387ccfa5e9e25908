"""A university as a textbook draws it: a weak entity, a relationship of three, subtypes, every kind of attribute."""

from __future__ import annotations

from designer.demo.concepts import Access, Concepts, Kinds, Verb

CONCEPTS = Concepts(
    entities={
        "Person": (
            "strong",
            "Anybody whom the university knows by name.",
            """
            person no : string(12) id
            name : pii=name
            . first name : string(60) pii=name
            . family name : string(60) pii=name
            date of birth : date pii=birthday
            age : integer derived -- From the date of birth.
            phone : string(20) multivalued optional pii=phone
            """,
        ),
        "Student": (
            "strong",
            "A person who is enrolled in a degree.",
            """
            enrolled on : date
            degree : string(80)
            """,
        ),
        "Lecturer": (
            "strong",
            "A person who teaches.",
            """
            rank : academic_rank
            office : string(20) optional
            """,
        ),
        "Department": (
            "strong",
            "A part of the university that offers courses.",
            """
            code : string(8) id
            title : string(120)
            budget : decimal(12,2) optional
            """,
        ),
        "Course": (
            "strong",
            "What is taught, whenever and by whomever.",
            """
            number : string(12) id
            title : string(120)
            credits : integer -- ECTS points.
            """,
        ),
        "Section": (
            "weak",
            "A course as it is held in one term; it has no number of its own without the course.",
            """
            term : string(6) id -- As 2026S or 2026W.
            section no : integer id
            places : integer
            """,
        ),
        "Room": (
            "strong",
            "Where sections meet.",
            """
            building : string(20) id
            room no : string(10) id
            seats : integer
            """,
        ),
        "Textbook": (
            "strong",
            "A book that lecturers recommend for a course.",
            """
            isbn : string(13) id
            title : string(200)
            """,
        ),
    },
    verbs=(
        Verb("offers", (("Department", "", 1, 1), ("Course", "", 1, None))),
        Verb("requires", (("Course", "prerequisite", 0, None), ("Course", "course", 0, None))),
        Verb("is held as", (("Course", "", 1, 1), ("Section", "", 0, None)), owner="Course"),
        Verb("works for", (("Lecturer", "", 1, None), ("Department", "", 1, 1))),
        Verb("heads", (("Lecturer", "head", 1, 1), ("Department", "", 0, 1)), attributes="since : date"),
        Verb("teaches", (("Lecturer", "", 1, None), ("Section", "", 0, None))),
        Verb(
            "takes", (("Student", "", 0, None), ("Section", "", 0, None)),
            attributes="grade : decimal(2,1) optional -- None until the section ends.",
        ),
        Verb("meets in", (("Section", "", 0, None), ("Room", "", 0, 1)), attributes="hours : string(40)"),
        Verb(
            "recommends", (("Lecturer", "", 0, None), ("Course", "", 0, None), ("Textbook", "", 0, None)),
            comment="Of three: the same book may be recommended for one course by one lecturer and not by another.",
        ),
    ),
    kinds=(Kinds("Person", ("Student", "Lecturer"), disjoint=False, total=True),),
    domains={"academic_rank": ("assistant", "associate professor", "professor", "visiting")},
    rules={
        "A grade at the end": ("A grade is given when the section ends, and not before.", ("takes",)),
        "Prerequisites first": (
            "Nobody takes a section of a course without having passed its prerequisites.",
            ("takes", "requires"),
        ),
        "As many as there are places": (
            "No more students take a section than it has places, nor has it more places than its room seats.",
            ("Section.places", "Room.seats", "takes"),
        ),
        "Head of the own department": (
            "A lecturer heads only the department that he or she works for.",
            ("heads", "works for"),
        ),
    },
    patterns=(
        Access("Timetable of a student", "Student", "read", "3000 a day", ("Section", "Course", "Room"), ("Student",)),
        Access("Sections of a term", "Anybody", "read", "5000 a day", ("Section", "Course"), ("Section.term",)),
        Access("Enrol", "Student", "insert", "20000 a term", ("takes",), ("Student", "Section")),
        Access("Give grades", "Lecturer", "update", "20000 a term", ("takes",), ("Section",)),
        Access("Find a person", "Office", "read", "400 a day", ("Person",), ("Person.family name",)),
    ),
    terms={
        "Section": ("One holding of a course in one term, with its own places and grades.", ("Section",)),
        "Prerequisite": ("A course that must have been passed before another one.", ("Course", "requires")),
    },
)  # fmt: skip
