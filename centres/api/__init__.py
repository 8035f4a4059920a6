"""The API of centres: filters, exports and derived resources."""
