"""Diagrams of Elmasri and Navathe, Silberschatz, and Ramakrishnan; see `book` for how they are written."""

from __future__ import annotations

from tests.levels.logical.book import Book
from tests.levels.logical.further_books import FURTHER

BOOKS = (
    Book(
        "Elmasri and Navathe, COMPANY (figures 3.2 and 9.2)",
        """
        EMPLOYEE: ssn! name(fname minit lname) bdate address sex salary
        DEPARTMENT: number! dname locations*
        PROJECT: pnumber! pname plocation
        ~DEPENDENT: depname! sex bdate relationship
        WORKS_FOR = DEPARTMENT 1..1, EMPLOYEE 4..N
        MANAGES = EMPLOYEE 1..1 manager, DEPARTMENT 0..1 : startdate
        CONTROLS = DEPARTMENT 1..1, PROJECT 0..N
        WORKS_ON = EMPLOYEE 1..N, PROJECT 1..N : hours
        SUPERVISION = EMPLOYEE 0..1 supervisor, EMPLOYEE 0..N supervisee
        DEPENDENTS_OF = EMPLOYEE 1..1 *, DEPENDENT 0..N
        """,
        """
        EMPLOYEE(ssn; name(fname, minit, lname), bdate, address, sex, salary; @DEPARTMENT, @supervisor?)
        DEPARTMENT(number; dname, startdate; @manager)
        DEPARTMENT locations(locations, @DEPARTMENT)
        PROJECT(pnumber; pname, plocation; @DEPARTMENT)
        DEPENDENT(depname, @EMPLOYEE; sex, bdate, relationship)
        WORKS_ON(@EMPLOYEE, @PROJECT; hours)
        """,
    ),
    Book(
        "Elmasri and Navathe, BANK (figure 3.22, exercise 9.8)",
        """
        BANK: code! name addr
        ~BRANCH: branchno! addr
        ACCOUNT: acctno! balance type
        LOAN: loanno! amount type
        CUSTOMER: ssn! name phone addr
        BRANCHES = BANK 1..1 *, BRANCH 0..N
        ACCTS = BRANCH 1..1, ACCOUNT 0..N
        LOANS = BRANCH 1..1, LOAN 0..N
        A_C = ACCOUNT 0..N, CUSTOMER 1..N
        L_C = LOAN 0..N, CUSTOMER 1..N
        """,
        """
        BANK(code; name, addr)
        BRANCH(branchno, @BANK; addr)
        ACCOUNT(acctno; balance, type; @BRANCH)
        LOAN(loanno; amount, type; @BRANCH)
        CUSTOMER(ssn; name, phone, addr)
        A_C(@ACCOUNT, @CUSTOMER)
        L_C(@LOAN, @CUSTOMER)
        """,
    ),
    Book(
        "Elmasri and Navathe, AIRLINE (figure 3.21)",
        """
        AIRPORT: airport_code! city state name
        FLIGHT: number! airline weekdays
        ~FLIGHT_LEG: leg_no!
        ~LEG_INSTANCE: date! no_of_avail_seats
        AIRPLANE: airplane_id! total_seats
        AIRPLANE_TYPE: type_name! max_seats company
        ~SEAT: seat_no!
        ~FARE: code! amount restrictions
        LEGS = FLIGHT 1..1 *, FLIGHT_LEG 1..N
        FARES = FLIGHT 1..1 *, FARE 0..N
        INSTANCE_OF = FLIGHT_LEG 1..1 *, LEG_INSTANCE 0..N
        RESERVATION = LEG_INSTANCE 1..1 *, SEAT 0..N : customer_name cphone
        DEPARTURE_AIRPORT = AIRPORT 1..1 from, FLIGHT_LEG 0..N : scheduled_dep_time
        ARRIVAL_AIRPORT = AIRPORT 1..1 to, FLIGHT_LEG 0..N : scheduled_arr_time
        DEPARTS = AIRPORT 1..1 departure, LEG_INSTANCE 0..N : dep_time
        ARRIVES = AIRPORT 1..1 arrival, LEG_INSTANCE 0..N : arr_time
        ASSIGNED = AIRPLANE 0..1, LEG_INSTANCE 0..N
        TYPE = AIRPLANE_TYPE 1..1, AIRPLANE 0..N
        CAN_LAND = AIRPLANE_TYPE 0..N, AIRPORT 0..N
        """,
        """
        AIRPORT(airport_code; city, state, name)
        FLIGHT(number; airline, weekdays)
        FLIGHT_LEG(leg_no, @FLIGHT; scheduled_dep_time, scheduled_arr_time; @from, @to)
        LEG_INSTANCE(date, @FLIGHT_LEG; no_of_avail_seats, dep_time, arr_time; @departure, @arrival, @AIRPLANE?)
        AIRPLANE(airplane_id; total_seats; @AIRPLANE_TYPE)
        AIRPLANE_TYPE(type_name; max_seats, company)
        SEAT(seat_no, @LEG_INSTANCE; customer_name, cphone)
        FARE(code, @FLIGHT; amount, restrictions)
        CAN_LAND(@AIRPLANE_TYPE, @AIRPORT)
        """,
    ),
    Book(
        "Elmasri and Navathe, LIBRARY (figure 8.14 and the diagram of exercise 9.6)",
        """
        BOOK: book_id! title author_name*
        PUBLISHER: name! address phone
        BRANCH: branch_id! branch_name address
        BORROWER: card_no! name address phone
        B_P = PUBLISHER 1..1, BOOK 0..N
        BOOK_COPIES = BOOK 0..N, BRANCH 0..N : no_of_copies
        BOOK_LOANS = BOOK 0..N, BRANCH 0..N, BORROWER 0..N : date_out due_date
        """,
        """
        BOOK(book_id; title; @PUBLISHER)
        BOOK author_name(author_name, @BOOK)
        PUBLISHER(name; address, phone)
        BRANCH(branch_id; branch_name, address)
        BORROWER(card_no; name, address, phone)
        BOOK_COPIES(@BOOK, @BRANCH; no_of_copies)
        BOOK_LOANS(@BOOK, @BRANCH, @BORROWER; date_out, due_date)
        """,
    ),
    Book(
        "Elmasri and Navathe, SUPPLY (figures 3.17 and 9.4)",
        """
        SUPPLIER: sname!
        PROJECT: projname!
        PART: partno!
        SUPPLY = SUPPLIER 0..N, PROJECT 0..N, PART 0..N : quantity
        """,
        """
        SUPPLIER(sname)
        PROJECT(projname)
        PART(partno)
        SUPPLY(@SUPPLIER, @PROJECT, @PART; quantity)
        """,
    ),
    Book(
        "Elmasri and Navathe, INTERVIEW (figure 3.19)",
        """
        CANDIDATE: name! address
        COMPANY: cname! caddress
        JOB_OFFER: offer_no! salary
        ~INTERVIEW: dept_date! contact
        CCI = CANDIDATE 1..1 *, COMPANY 1..1 *, INTERVIEW 0..N
        RESULTS_IN = INTERVIEW 1..1, JOB_OFFER 0..1
        """,
        """
        CANDIDATE(name; address)
        COMPANY(cname; caddress)
        JOB_OFFER(offer_no; salary; @INTERVIEW)
        INTERVIEW(dept_date, @CANDIDATE, @COMPANY; contact)
        """,
    ),
    Book(
        "Silberschatz, Korth and Sudarshan, university (figure 7.15, sections 7.6 and 7.6.5)",
        """
        classroom: building! room_number! capacity
        department: dept_name! building budget
        course: course_id! title credits
        instructor: ID! name salary
        student: ID! name tot_cred
        ~section: sec_id! semester! year!
        time_slot: time_slot_id! meeting*(day start_time end_time)
        course_dept = department 1..1, course 0..N
        inst_dept = department 1..1, instructor 0..N
        stud_dept = department 1..1, student 0..N
        sec_course = course 1..1 *, section 0..N
        sec_class = classroom 1..1, section 0..N
        sec_time_slot = time_slot 1..1, section 0..N
        Teaches = instructor 1..N, section 0..N
        Takes = student 0..N, section 0..N : grade?
        Advisor = instructor 0..1 advisor, student 0..N
        Prereq = course 0..N, course 0..N prereq
        """,
        """
        classroom(building, room_number; capacity)
        department(dept_name; building, budget)
        course(course_id; title, credits; @department)
        instructor(ID; name, salary; @department)
        student(ID; name, tot_cred; @department, @advisor?)
        section(sec_id, semester, year, @course; ; @classroom, @time_slot)
        time_slot(time_slot_id)
        time_slot meeting(day, start_time, end_time, @time_slot)
        Teaches(@instructor, @section)
        Takes(@student, @section; grade?)
        Prereq(@course, @prereq)
        """,
    ),
    Book(
        "Silberschatz, Korth and Sudarshan, banking enterprise (fourth edition, figure 2.22 and section 2.9)",
        """
        branch: branch_name! branch_city assets
        customer: customer_id! customer_name street city
        loan: loan_number! amount
        account: account_number! balance
        ~payment: payment_number! payment_date payment_amount
        employee: employee_id! employee_name telephone start_date employment_length' dependent_name*
        Borrower = customer 0..N, loan 0..N
        Depositor = customer 0..N, account 0..N : access_date
        loan_branch = branch 1..1, loan 0..N
        loan_payment = loan 1..1 *, payment 0..N
        works_for = employee 0..1 manager, employee 0..N worker
        cust_banker = employee 0..1 banker, customer 0..N : type
        """,
        """
        branch(branch_name; branch_city, assets)
        customer(customer_id; customer_name, street, city, type?; @banker?)
        loan(loan_number; amount; @branch)
        account(account_number; balance)
        payment(payment_number, @loan; payment_date, payment_amount)
        employee(employee_id; employee_name, telephone, start_date, employment_length'; @manager?)
        employee dependent_name(dependent_name, @employee)
        Borrower(@customer, @loan)
        Depositor(@customer, @account; access_date)
        """,
    ),
    Book(
        "Ramakrishnan and Gehrke, chapter 2 and 3.5: Employees, Departments, Policy, Reports_To, Works_In2, Contracts",
        """
        Employees: ssn! name lot
        Departments: did! dname budget
        Locations: address! capacity
        ~Dependents: pname! age
        Suppliers: id!
        Parts: id!
        Manages = Employees 1..1, Departments 0..1 : since
        Works_In2 = Employees 0..N, Departments 0..N, Locations 0..N : since
        Reports_To = Employees 0..N supervisor, Employees 0..N subordinate
        Policy = Employees 1..1 *, Dependents 0..N : cost
        Contracts = Suppliers 0..N, Parts 0..N, Departments 0..N : qty
        """,
        """
        Employees(ssn; name, lot)
        Departments(did; dname, budget, since; @Employees)
        Locations(address; capacity)
        Dependents(pname, @Employees; age, cost)
        Suppliers(id)
        Parts(id)
        Works_In2(@Employees, @Departments, @Locations; since)
        Reports_To(@supervisor, @subordinate)
        Contracts(@Suppliers, @Parts, @Departments; qty)
        """,
    ),
    Book(
        "Ramakrishnan and Gehrke, Prescriptions-R-X (exercises 2.7 and 3.15)",
        """
        Patient: ssn! name address age
        Doctor: phy_ssn! name specialty exp_years
        Pharm_co: pharm_name! phone
        ~Drug: trade_name! formula
        Pharmacy: phar_name! address phone
        Pri_Phy = Doctor 1..1 physician, Patient 1..N
        Prescription = Patient 0..N, Doctor 0..N, Drug 0..N : date quantity
        Make = Pharm_co 1..1 *, Drug 0..N
        Sell = Pharmacy 1..N, Drug 1..N : price
        Contract = Pharm_co 0..N, Pharmacy 0..N : start_date end_date text supervisor
        """,
        """
        Patient(ssn; name, address, age; @physician)
        Doctor(phy_ssn; name, specialty, exp_years)
        Pharm_co(pharm_name; phone)
        Drug(trade_name, @Pharm_co; formula)
        Pharmacy(phar_name; address, phone)
        Prescription(@Patient, @Doctor, @Drug; date, quantity)
        Sell(@Pharmacy, @Drug; price)
        Contract(@Pharm_co, @Pharmacy; start_date, end_date, text, supervisor)
        """,
    ),
    Book(
        "Ramakrishnan and Gehrke, Notown Records (exercises 2.5 and 3.13)",
        """
        Musicians: ssn! name
        Instruments: instr_id! iname key
        Album: album_identifier! title date speed
        Songs: song_id! title author
        Place: address!
        Telephone: phone_no!
        Lives = Musicians 0..N, Place 0..N
        Home = Place 1..1, Telephone 0..N
        Plays = Musicians 0..N, Instruments 0..N
        Appears = Album 1..1, Songs 1..N
        Perform = Musicians 1..N, Songs 0..N
        Producer = Musicians 1..1 producer, Album 0..N
        """,
        """
        Musicians(ssn; name)
        Instruments(instr_id; iname, key)
        Album(album_identifier; title, date, speed; @producer)
        Songs(song_id; title, author; @Album)
        Place(address)
        Telephone(phone_no; ; @Place)
        Lives(@Musicians, @Place)
        Plays(@Musicians, @Instruments)
        Perform(@Musicians, @Songs)
        """,
    ),
    *FURTHER,
)  # fmt: skip
