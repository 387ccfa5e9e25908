"""Diagrams of other books, of papers and of courses; see `book` for how they are written."""

from __future__ import annotations

from tests.levels.logical.book import Book

FURTHER = (
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
    Book(
        "Ramakrishnan and Gehrke, a company with children (exercises 2.4 and 3.14)",
        """
        Employees: ssn! salary phone
        Departments: dno! dname budget
        ~Child: name! age
        Manages = Employees 1..1 manager, Departments 0..1
        Work_In = Employees 0..N, Departments 0..N
        Dependent = Employees 1..1 *, Child 0..N
        """,
        """
        Employees(ssn; salary, phone)
        Departments(dno; dname, budget; @manager)
        Child(name, @Employees; age)
        Work_In(@Employees, @Departments)
        """,
    ),
    Book(
        "Garcia-Molina, Ullman and Widom, sister ships (exercise 4.2)",
        """
        Ships: name! yearLaunched
        SisterOf = Ships 0..N the, Ships 0..N sister
        """,
        """
        Ships(name; yearLaunched)
        SisterOf(@the, @sister)
        """,
    ),
    Book(
        "exploredatabase.com, exercise 7: manufacturers, parts and orders",
        """
        Manufacturer: Name! Address(Street City)
        Part: Part_num! Description
        Customer: ID! Name
        ~Order: Order_num!
        Made_by = Manufacturer 1..1, Part 0..N
        Contains_parts = Order 0..N, Part 0..N : Quantity
        Orders = Customer 1..1 *, Order 0..N
        """,
        """
        Manufacturer(Name; Address(Street, City))
        Part(Part_num; Description; @Manufacturer)
        Customer(ID; Name)
        Order(Order_num, @Customer)
        Contains_parts(@Order, @Part; Quantity)
        """,
    ),
    Book(
        "exploredatabase.com, solved exercise of 2017: students, classes and sections",
        """
        STUDENT: Student_ID! Student_Name DOB Age' Address(Door Street City Pin)
        SUBJECT: Subject_ID! Subject_Name Teacher
        CLASS: Class_ID! Class_Name
        ~SECTION: Section_ID! Section_Name
        Attends = STUDENT 1..1, CLASS 0..1 : DateOfJoin Hours
        Studies = STUDENT 1..1, SUBJECT 0..N
        Sections_of = CLASS 1..1 *, SECTION 0..N
        """,
        """
        STUDENT(Student_ID; Student_Name, DOB, Age', Address(Door, Street, City, Pin))
        SUBJECT(Subject_ID; Subject_Name, Teacher; @STUDENT)
        CLASS(Class_ID; Class_Name, DateOfJoin, Hours; @STUDENT)
        SECTION(Section_ID, @CLASS; Section_Name)
        """,
    ),
    Book(
        "A university course in Moscow, third exercise: a library, cities and soccer",
        """
        Reader: ReaderNumber! FirstName LastName Address BirthDate
        ~BookCopy: BookCopyNumber! Location
        Book: ISBN! Year Name Author PageCount
        Publisher: PubID! Name Address
        Category: CategoryID! Name
        Street: StreetID!
        City: CityID!
        Country: CountryID!
        Team: TeamID!
        Referee: RefereeID!
        Publishes = Publisher 1..1, Book 0..N
        IsCopy = Book 1..1 *, BookCopy 0..N
        IsSubCategory = Category 0..1 parent, Category 0..N
        HasCategory = Book 0..N, Category 0..N
        ChecksOut = Reader 0..N, BookCopy 0..N : ReturnDate
        InCity = City 1..1, Street 0..N
        InCountry = Country 1..1, City 0..N
        SoccerMatch = Team 0..N host, Team 0..N guest, Referee 0..1
        """,
        """
        Reader(ReaderNumber; FirstName, LastName, Address, BirthDate)
        BookCopy(BookCopyNumber, @Book; Location)
        Book(ISBN; Year, Name, Author, PageCount; @Publisher)
        Publisher(PubID; Name, Address)
        Category(CategoryID; Name; @parent?)
        HasCategory(@Book, @Category)
        ChecksOut(@Reader, @BookCopy; ReturnDate)
        Street(StreetID; ; @City)
        City(CityID; ; @Country)
        Country(CountryID)
        Team(TeamID)
        Referee(RefereeID)
        SoccerMatch(@host, @guest; ; @Referee)
        """,
    ),
)  # fmt: skip
