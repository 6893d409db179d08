"""What the demo's teams hand in and what its jurors write; in English, for a mixed jury."""

CANVAS = {
    "problem": (
        "The place stands empty most of the week. People nearby do not know whom to ask.",
        "Everybody says the town needs it, and nobody has the key, the hour and the money at once.",
        "What is there now serves those who already come. The others have never been asked.",
    ),
    "people": (
        "Neighbours within ten minutes on foot; first those who work late or learn at night.",
        "School classes in the morning, older people in the afternoon, everybody on Saturdays.",
        "People who have lived here for less than two years, and those who remember how it was.",
    ),
    "solution": (
        "Three trial evenings, kept by volunteers in pairs, with a guest book that says what to "
        "change.",
        "One small thing that can be touched, built in two days, shown where people pass anyway.",
        "A simple agreement, a box of tools, and a calendar that says what to do this week.",
    ),
    "value": (
        "A room that is trusted. That is worth more than what is in it.",
        "People learn from each other what no course teaches, and the place stays used.",
        "The town gets an answer to a question that it has put off for years.",
    ),
    "steps": (
        "March: agreement and insurance. April: three trial evenings. May: decide with the guests.",
        "First the tools, then ten people who use them, then a public day.",
        "Two weeks of building, four weeks of trying, one evening of telling.",
    ),
    "partners": (
        "The library, the tenants' association and a workshop that lends its tools.",
        "One school, one office of the town, and the people who live next door.",
        "A culture house for the room, a club for the hands, a radio for the word.",
    ),
    "costs": (
        "Mostly light and insurance; all work is given, expenses are paid back.",
        "Material once, a small fee for the person who keeps the calendar.",
        "Printing, travel for two visits, and a reserve of ten per cent.",
    ),
    "measure": (
        "How many come a second time, and what the guest book says after three evenings.",
        "Ten things mended or made by people who had never done it.",
        "Whether somebody else takes the key when we are away.",
    ),
}
BUDGET = (
    ("Material and tools", 35),
    ("Fees for people who teach", 30),
    ("Room, light, insurance", 20),
    ("Printing and word of mouth", 15),
)
ASKS = (240_000, 320_000, 410_000, 480_000, 560_000, 600_000)
TRACKS = ("Rooms", "Memory", "Making")
REGIONS = ("North", "South", "East", "West")
COMMENTS = (
    "A clear first step that can be tried next month. Say who keeps the key when you are away.",
    "I believe the need. The budget is honest; the time plan is short.",
    "Strong on people, thin on what happens after the first summer.",
    "You have already tried the hardest part. Show the guest book.",
    "I would start with half of it and do that well.",
    "The partners are named and real. The measure could be sharper.",
    "Warm and concrete. I miss a word on who is not reached.",
)
REASONS = (
    "The jury saw a first step that can be taken at once, and people who will take it.",
    "A small sum that opens a door for many.",
    "Tried once already, with a result that others can copy.",
)
