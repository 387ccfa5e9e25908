"""Published entity-relationship diagrams, and the relations that their books make of them.

A line `EMPLOYEE: ssn! name(first last) phone* age'` is an entity: `!` identifies, `*` has several values, `?` may be
missing, `'` is derived. `~` before it is weak, `&` associative. `controls = DEPARTMENT 1..1, PROJECT 0..N : hours` is a
relationship; a word behind the numbers is the role, `*` marks the owner. The relations read
`NAME(key; other attributes; references)`; `@` is a reference, by role where there is one, `?` may be empty.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Book:
    """A diagram, where it is from, and the relations that are to come out."""

    source: str
    diagram: str
    relations: str


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
    Book(
        "Garcia-Molina, Ullman and Widom, movies (figures 4.4, 4.20 and 4.22)",
        """
        Movies: title! year! length genre
        Stars: name! address
        Studios: name! address
        ~Crews: number! chief
        &Contracts: salary
        Stars_in = Movies 0..N, Stars 0..N
        Owns = Studios 1..1, Movies 0..N
        Unit_of = Studios 1..1 *, Crews 0..N
        Star_of = Stars 1..1 *, Contracts 0..N
        Movie_of = Movies 1..1 *, Contracts 0..N
        Studio_of = Studios 1..1 *, Contracts 0..N
        """,
        """
        Movies(title, year; length, genre; @Studios)
        Stars(name; address)
        Studios(name; address)
        Crews(number, @Studios; chief)
        Contracts(@Stars, @Movies, @Studios; salary)
        Stars_in(@Movies, @Stars)
        """,
    ),
    Book(
        "Garcia-Molina, Ullman and Widom, a contract of four with roles (figure 4.6)",
        """
        Movies: title! year!
        Stars: name!
        Studios: name!
        Contracts = Stars 0..N, Movies 0..N, Studios 0..1 star_studio, Studios 0..1 producing_studio
        """,
        """
        Movies(title, year)
        Stars(name)
        Studios(name)
        Contracts(@Stars, @Movies, @star_studio; ; @producing_studio)
        """,
    ),
    Book(
        "Chen 1976, manufacturing company (figures 11 and 12)",
        """
        EMPLOYEE: employee_no! name(first last) age
        PROJECT: project_no! project_name
        DEPARTMENT: dept_name!
        ~DEPENDENT: name! age
        SUPPLIER: supplier_no!
        PART: part_no! weight
        WAREHOUSE: warehouse_no!
        DEPT_EMP = DEPARTMENT 0..1, EMPLOYEE 0..N
        PROJ_WORK = PROJECT 0..N, EMPLOYEE 0..N : percentage_of_time
        PROJ_MGR = EMPLOYEE 0..1 manager, PROJECT 0..N
        EMP_DEP = EMPLOYEE 1..1 *, DEPENDENT 0..N
        SUPP_PROJ_PART = SUPPLIER 0..N, PROJECT 0..N, PART 0..N : quantity
        COMPONENT = PART 0..N super_part, PART 0..N sub_part : quantity
        INVENTORY = PART 0..N, WAREHOUSE 0..N : quantity
        """,
        """
        EMPLOYEE(employee_no; name(first, last), age; @DEPARTMENT?)
        PROJECT(project_no; project_name; @manager?)
        DEPARTMENT(dept_name)
        DEPENDENT(name, @EMPLOYEE; age)
        SUPPLIER(supplier_no)
        PART(part_no; weight)
        WAREHOUSE(warehouse_no)
        PROJ_WORK(@PROJECT, @EMPLOYEE; percentage_of_time)
        SUPP_PROJ_PART(@SUPPLIER, @PROJECT, @PART; quantity)
        COMPONENT(@super_part, @sub_part; quantity)
        INVENTORY(@PART, @WAREHOUSE; quantity)
        """,
    ),
    Book(
        "Teorey, Yang and Fry 1986, ternary relationships by their numbers (figure 8)",
        """
        employee: emp_id!
        project: project_name!
        notebook: notebook_no!
        location: loc_name!
        manager: mgr_id!
        skill: skill_type!
        Uses_notebook = employee 0..1, project 0..1, notebook 0..1
        Assigned_to = employee 0..N, project 0..1, location 0..1
        Manages = employee 0..N, project 0..N, manager 0..1
        Skill_used = employee 0..N, project 0..N, skill 0..N
        """,
        """
        employee(emp_id)
        project(project_name)
        notebook(notebook_no)
        location(loc_name)
        manager(mgr_id)
        skill(skill_type)
        Uses_notebook(@employee, @project; ; @notebook)
        Assigned_to(@employee, @project; ; @location)
        Manages(@employee, @project; ; @manager)
        Skill_used(@employee, @project, @skill)
        """,
    ),
    Book(
        "Connolly and Begg, DreamHome (chapters 12 and 17)",
        """
        Branch: branchNo! address(street city postcode) telNo*
        Staff: staffNo! name(fName lName) position sex
        Property: propertyNo! type rooms rent
        Client: clientNo! name telNo
        ~Preference: prefType! maxRent
        Lease: leaseNo! paymentMethod deposit'
        Newspaper: newspaperName! telNo
        Has = Branch 1..1, Staff 1..N
        Manages = Staff 1..1 manager, Branch 0..1 : mgrStartDate
        Supervises = Staff 0..1 supervisor, Staff 0..N supervisee
        Oversees = Staff 0..1 overseer, Property 0..N
        Viewing = Client 0..N, Property 0..N : viewDate comment?
        States = Client 1..1 *, Preference 0..N
        Holds = Client 1..1, Lease 0..N
        Associated = Property 1..1, Lease 0..N
        Advertises = Newspaper 0..N, Property 0..N : dateAdvert cost
        Registers = Staff 0..N, Branch 0..1, Client 0..N : dateJoined
        """,
        """
        Branch(branchNo; address(street, city, postcode), mgrStartDate; @manager)
        Branch telNo(telNo, @Branch)
        Staff(staffNo; name(fName, lName), position, sex; @Branch, @supervisor?)
        Property(propertyNo; type, rooms, rent; @overseer?)
        Client(clientNo; name, telNo)
        Preference(prefType, @Client; maxRent)
        Lease(leaseNo; paymentMethod, deposit'; @Client, @Property)
        Newspaper(newspaperName; telNo)
        Viewing(@Client, @Property; viewDate, comment?)
        Advertises(@Newspaper, @Property; dateAdvert, cost)
        Registers(@Staff, @Client; dateJoined; @Branch)
        """,
    ),
    Book(
        "Hoffer, Prescott and Topi, Pine Valley Furniture (figure 2-22 and chapter 4)",
        """
        Customer: customer_id! name address
        Order: order_id! order_date
        Product: product_id! description finish price
        Product_line: line_id! name
        Employee: employee_id! name skill*
        Work_center: work_center_id! location
        Vendor: vendor_id! name
        Raw_material: material_id! unit cost
        Territory: territory_id! name
        Salesperson: salesperson_id! name
        Submits = Customer 1..1, Order 0..N
        Order_line = Order 0..N, Product 1..N : quantity
        Includes = Product_line 1..1, Product 1..N
        Works_in = Employee 1..N, Work_center 1..N
        Supervises = Employee 0..1 supervisor, Employee 0..N worker
        Supplies = Vendor 1..N, Raw_material 0..N : unit_price
        Uses = Product 1..N, Raw_material 1..N : goes_into
        Does_business_in = Customer 0..N, Territory 1..N
        Serves = Territory 1..1, Salesperson 0..N
        """,
        """
        Customer(customer_id; name, address)
        Order(order_id; order_date; @Customer)
        Product(product_id; description, finish, price; @Product_line)
        Product_line(line_id; name)
        Employee(employee_id; name; @supervisor?)
        Employee skill(skill, @Employee)
        Work_center(work_center_id; location)
        Vendor(vendor_id; name)
        Raw_material(material_id; unit, cost)
        Territory(territory_id; name)
        Salesperson(salesperson_id; name; @Territory)
        Order_line(@Order, @Product; quantity)
        Works_in(@Employee, @Work_center)
        Supplies(@Vendor, @Raw_material; unit_price)
        Uses(@Product, @Raw_material; goes_into)
        Does_business_in(@Customer, @Territory)
        """,
    ),
)  # fmt: skip
