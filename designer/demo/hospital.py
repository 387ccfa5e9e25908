"""A hospital as a textbook draws it: kinds of people, wards and beds, admissions, treatments, tests and bills."""

from __future__ import annotations

from designer.demo.concepts import Access, Concepts, Exclusive, Kinds, Range, Verb

CONCEPTS = Concepts(
    entities={
        "Person": (
            "strong",
            "Anybody whom the hospital knows by name: who is treated, who works here, or who pays for somebody.",
            """
            person no : string(12) id
            name : pii=name
            . first name : string(60) pii=name
            . family name : string(60) pii=name
            date of birth : date pii=birthday
            age : integer derived -- From the date of birth.
            address : optional pii=address
            . street : string(80) pii=address
            . postal code : string(10) pii=address
            . city : string(60) pii=address
            phone : string(20) multivalued optional pii=phone
            """,
        ),
        "Patient": (
            "strong",
            "A person who is or was treated here. Staff are patients, too, when they fall ill.",
            """
            patient since : date
            blood group : blood_group optional
            allergy : string(80) multivalued optional pii=health
            """,
        ),
        "Employee": (
            "strong",
            "A person who works here.",
            """
            job : job -- Says whether somebody is a physician or a nurse.
            hired on : date
            salary : money pii=salary
            """,
        ),
        "Physician": (
            "strong",
            "An employee who may diagnose and prescribe.",
            """
            licence no : string(20) unique
            specialty : string(60)
            """,
        ),
        "Nurse": (
            "strong",
            "An employee who cares for patients on the wards.",
            """
            grade : nursing_grade
            qualification : string(80) multivalued optional
            """,
        ),
        "Department": (
            "strong",
            "A part of the hospital for one field of medicine.",
            """
            code : string(8) id
            title : string(80) unique
            """,
        ),
        "Ward": (
            "strong",
            "Rooms of one department where patients stay.",
            """
            ward no : string(8) id
            floor : integer
            beds : integer derived -- As many as the ward has.
            """,
        ),
        "Bed": (
            "weak",
            "A place for one patient; beds are numbered within their ward.",
            """
            bed no : integer id
            monitored : boolean
            """,
        ),
        "Shift": (
            "strong",
            "A period of one day for which nurses are assigned.",
            """
            day : date id
            period : period id
            """,
        ),
        "Admission": (
            "weak",
            "A stay of a patient, from coming to leaving.",
            """
            admitted at : timestamp id
            discharged at : timestamp optional -- None while the patient stays.
            reason : string(200) pii=health
            length of stay : integer derived -- Days from coming to leaving.
            """,
        ),
        "Treatment type": (
            "strong",
            "What can be done for a patient, as the catalogue of services lists it.",
            """
            treatment code : string(10) id
            title : string(120)
            fee : money
            """,
        ),
        "Prescription": (
            "strong",
            "What a physician orders for a patient to take.",
            """
            prescription no : string(16) id
            prescribed on : date
            """,
        ),
        "Medication": (
            "strong",
            "A medicine in one strength, as the pharmacy keeps it.",
            """
            drug code : string(14) id
            title : string(120)
            strength : string(30)
            """,
        ),
        "Lab test": (
            "strong",
            "What the laboratory can measure.",
            """
            test code : string(10) id
            title : string(120)
            unit : string(12) optional
            normal range : optional
            . from : decimal(10,3)
            . to : decimal(10,3)
            """,
        ),
        "Specimen": (
            "strong",
            "What is taken from a patient to be tested.",
            """
            barcode : string(20) id
            taken at : timestamp
            material : string(40)
            """,
        ),
        "Lab result": (
            "associative",
            "What one test of one specimen gave.",
            """
            value : decimal(10,3) pii=health
            measured at : timestamp
            remark : string(200) optional
            """,
        ),
        "Insurer": (
            "strong",
            "A company that pays for the treatment of those it covers.",
            """
            insurer no : string(10) id
            title : string(120) unique
            email : string(120) optional
            """,
        ),
        "Insurance card": (
            "strong",
            "What shows that an insurer covers a patient; a patient has one at a time.",
            """
            card no : string(20) id pii=insurance
            valid until : date
            """,
        ),
        "Bill": (
            "strong",
            "What is asked for a stay.",
            """
            bill no : string(16) id
            issued on : date
            amount : money
            paid on : date optional
            """,
        ),
    },
    verbs=(
        Verb("works in", (("Department", "", 1, 1), ("Employee", "", 1, None))),
        Verb("heads", (("Physician", "head", 1, 1), ("Department", "", 0, 1)), attributes="since : date"),
        Verb("supervises", (("Physician", "supervisor", 0, 1), ("Physician", "resident", 0, None))),
        Verb("runs", (("Department", "", 1, 1), ("Ward", "", 0, None))),
        Verb("has place for", (("Ward", "", 1, 1), ("Bed", "", 1, None)), owner="Ward"),
        Verb(
            "Duty", (("Nurse", "", 0, None), ("Shift", "", 0, None), ("Ward", "", 0, 1)),
            comment="Of three: in one shift, a nurse is on one ward at most.",
        ),
        Verb("stays", (("Patient", "", 1, 1), ("Admission", "", 0, None)), owner="Patient"),
        Verb("lies in", (("Admission", "", 0, None), ("Bed", "", 0, 1)), comment="None for day patients."),
        Verb("attends", (("Physician", "", 1, 1), ("Admission", "", 0, None))),
        Verb(
            "Treatment", (("Physician", "", 0, None), ("Treatment type", "", 0, None), ("Admission", "", 0, None)),
            attributes="started on : date\n            sessions : integer",
            comment="Of three: who gave which treatment during which stay.",
        ),
        Verb("writes", (("Physician", "", 1, 1), ("Prescription", "", 0, None))),
        Verb("receives", (("Patient", "", 1, 1), ("Prescription", "", 0, None))),
        Verb(
            "lists", (("Prescription", "", 0, None), ("Medication", "", 1, None)),
            attributes="dose : string(40)\n            times a day : integer\n            days : integer optional",
        ),
        Verb(
            "interacts with", (("Medication", "", 0, None), ("Medication", "other medication", 0, None)),
            attributes="severity : severity",
        ),
        Verb("is taken from", (("Patient", "", 1, 1), ("Specimen", "", 0, None))),
        Verb("undergoes", (("Specimen", "", 1, 1), ("Lab result", "", 0, None)), owner="Specimen"),
        Verb("produces", (("Lab test", "", 1, 1), ("Lab result", "", 0, None)), owner="Lab test"),
        Verb("issues", (("Insurer", "", 1, 1), ("Insurance card", "", 0, None))),
        Verb("shows", (("Patient", "", 1, 1), ("Insurance card", "", 0, 1))),
        Verb("is charged by", (("Admission", "", 1, 1), ("Bill", "", 0, None))),
        Verb("is paid by insurer", (("Insurer", "", 0, 1), ("Bill", "", 0, None))),
        Verb("is paid by person", (("Person", "", 0, 1), ("Bill", "", 0, None))),
    ),
    kinds=(
        Kinds("Person", ("Patient", "Employee"), disjoint=False),
        Kinds("Employee", ("Physician", "Nurse"), discriminator="job"),
    ),
    domains={
        "blood_group": ("0-", "0+", "A-", "A+", "B-", "B+", "AB-", "AB+"),
        "job": ("physician", "nurse", "technician", "administrator"),
        "nursing_grade": ("assistant", "registered", "senior", "head nurse"),
        "period": ("early", "late", "night"),
        "severity": ("minor", "moderate", "severe"),
        "money": Range("decimal(12,2)", "VALUE >= 0"),
    },
    arcs=(Exclusive("Bill", ("is paid by insurer", "is paid by person"), "payer"),),
    rules={
        "One bed, one patient": (
            "Two stays never share a bed at the same time.",
            ("Admission", "Bed", "lies in"),
        ),
        "Head of the own department": (
            "A physician heads only the department that he or she works in.",
            ("heads", "works in"),
        ),
        "Licence before orders": (
            "Nobody but a licensed physician writes a prescription.",
            ("Physician.licence no", "writes"),
        ),
        "No severe interaction": (
            "A prescription lists no two medications with a severe interaction.",
            ("lists", "interacts with"),
        ),
        "Leaving after coming": (
            "A patient is discharged after being admitted.",
            ("Admission.admitted at", "Admission.discharged at"),
        ),
    },
    patterns=(
        Access("Stays of a patient", "Reception", "read", "2000 a day", ("Admission", "Bed"), ("Patient",)),
        Access(
            "Find a person", "Reception", "read", "5000 a day", ("Person",),
            ("Person.family name", "Person.date of birth"),
        ),
        Access("Results of a specimen", "Ward staff", "read", "8000 a day", ("Lab result", "Lab test"), ("Specimen",)),
        Access("Admit a patient", "Reception", "insert", "150 a day", ("Admission",), ("Patient",)),
        Access("Unpaid bills", "Accounting", "read", "20 a day", ("Bill",), ("Bill.paid on", "Bill.issued on")),
    ),
    terms={
        "Stay": ("From admission to discharge; day patients have one without a bed.", ("Admission", "lies in")),
        "Resident": ("A physician in training, who works under a supervisor.", ("Physician", "supervises")),
        "Specimen": ("Blood, tissue or the like, with a barcode from the moment it is taken.", ("Specimen",)),
        "Payer": ("Who is asked to pay a bill: an insurer, or a person.", ("Bill", "Insurer", "Person")),
    },
)  # fmt: skip
