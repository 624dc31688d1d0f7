from django.urls import path

from vanthu.web.books import numbers, rules, shelf, views

urlpatterns = [
    path("reports", views.reports, name="reports"),
    path("reports/book", views.book, name="book"),
    path("reports/made/<uuid:pk>", views.made_book, name="made_book"),
    path("reports/made/<uuid:pk>/file", views.made_book_file, name="made_book_file"),
    path("reports/books", shelf.shelf, name="shelf"),
    path("reports/books/<int:pk>", shelf.series_book, name="series_book"),
    path("reports/books/<int:pk>/file", shelf.series_book_file, name="series_book_file"),
    path("reports/books/<int:pk>/close", shelf.close_book, name="close_book"),
    path("reports/books/<int:pk>/reopen", shelf.reopen_book, name="reopen_book"),
    path("reports/books/rules", rules.rules_of_books, name="book_rules"),
    path("reports/books/rules/<int:pk>/end", rules.end_series, name="end_series"),
    path("reports/books/rules/symbols", rules.write_symbols, name="write_symbols"),
    path("reports/books/rules/numbers", rules.change_number_rules, name="change_number_rules"),
    path("reports/books/rules/paper", rules.go_on_from, name="go_on_from"),
    path("outgoing/numbers", numbers.held_numbers, name="held_numbers"),
    path("outgoing/numbers/take", numbers.take_number, name="take_number"),
    path("outgoing/numbers/<int:pk>", numbers.taken_number, name="taken_number"),
    path("outgoing/numbers/<int:pk>/dispatch", numbers.dispatch_paper, name="dispatch_paper"),
    path("outgoing/numbers/<int:pk>/void", numbers.void_paper, name="void_paper"),
    path("outgoing/numbers/held/<int:pk>/take-over", numbers.take_over_number, name="take_over_number"),
    path("outgoing/numbers/held/<int:pk>/void", numbers.void_held_number, name="void_held_number"),
]
