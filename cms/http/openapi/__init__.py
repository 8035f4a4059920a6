"""The OpenAPI document: made by Ninja from the operations, finished here for every one of them."""
