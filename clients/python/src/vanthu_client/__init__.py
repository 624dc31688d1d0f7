"""A small typed client of the REST interface of Văn thư."""

from vanthu_client.client import Client
from vanthu_client.problems import Damaged, NoAnswer, Problem
from vanthu_client.webhooks import BadSignature, Event, verify_webhook

__all__ = ["BadSignature", "Client", "Damaged", "Event", "NoAnswer", "Problem", "verify_webhook"]
