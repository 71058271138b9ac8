# Keys change after fifteen minutes, and a new handshake comes after an hour, in mid-flight.
nodes helmo.be uhasselt.be
network delay 200ms
settle
at 14m helmo.be nominates A to uhasselt.be
at 15m helmo.be nominates B to uhasselt.be
at 31m helmo.be nominates C to uhasselt.be
settle within 3s
expect sessions 1 at helmo.be
at 3599900ms helmo.be nominates S1..S5 to uhasselt.be
at 3600100ms helmo.be nominates S6..S9 to uhasselt.be
at 3600400ms helmo.be nominates D to uhasselt.be
settle within 10s
expect sessions 2 at helmo.be
expect records 13 at uhasselt.be
expect same
--
     0.400  helmo.be      . session to node.uhasselt.be opened
     0.400  uhasselt.be   . session to node.helmo.be opened
     0.600  helmo.be      . session from node.uhasselt.be is live
     0.600  uhasselt.be   . session from node.helmo.be is live
     0.800  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.800  helmo.be        uhasselt.be: write guard lifted, both hold the same
   840.000  helmo.be      > A: kept
   840.200  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   840.400  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
   900.000  helmo.be      > B: kept
   900.200  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
   900.400  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  1860.000  helmo.be      > C: kept
  1860.200  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  1860.400  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
  3599.900  helmo.be      > S1..S5: 5 kept, 0 wait for the guard
  3600.100  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (5 times)
  3600.100  helmo.be      > S6..S9: 4 kept, 0 wait for the guard
  3600.300  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3600.300  helmo.be      . receipt from uhasselt.be: 5 delivered, 0 known
  3600.300  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (3 times)
  3600.400  helmo.be      > D: kept
  3600.800  helmo.be      . session to node.uhasselt.be opened
  3601.000  uhasselt.be   . session from node.helmo.be is live
  3601.400  uhasselt.be   . session to node.helmo.be opened
  3601.600  helmo.be      . session from node.uhasselt.be is live
  3601.800  uhasselt.be   . records from helmo.be: 0 new, 1 repeated (4 times)
  3601.800  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
  3602.000  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known (3 times)
  3602.000  helmo.be      . receipt from uhasselt.be: 2 delivered, 0 known
