"""Packets of the national axis (edXML, QCVN 102:2016, amendment 1:2022): read in every variant, written in one."""
