"""Courses: their outline, quizzes, handouts and packages, teachers and places."""
