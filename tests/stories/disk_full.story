# A full disk keeps nothing new and says so to whoever asks; nothing is lost, partners' work waits,
# and once there is room the node goes on by itself.
stores on disk
nodes helmo.be uhasselt.be
settle
helmo.be nominates A to uhasselt.be
settle
uhasselt.be disk is full
helmo.be nominates S1..S40 to uhasselt.be
uhasselt.be accepts A
run 10s
expect outbox 40 at helmo.be
uhasselt.be disk is mended
settle within 2m
expect S1..S40 pending at both
uhasselt.be accepts A
settle
expect A accepted at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > A: kept
     0.030  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.035  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
     0.035  helmo.be      > S1..S40: 40 kept, 0 wait for the guard
     0.035  uhasselt.be   ! the disk is full: nothing new can be stored
     0.035  uhasselt.be   > A: no answer
     0.135  uhasselt.be     the node works again
     0.135  uhasselt.be   ! the disk is full: nothing new can be stored
     0.335  uhasselt.be     the node works again
     0.335  uhasselt.be   ! the disk is full: nothing new can be stored
     0.735  uhasselt.be     the node works again
     0.735  uhasselt.be   ! the disk is full: nothing new can be stored
     1.535  uhasselt.be     the node works again
     1.535  uhasselt.be   ! the disk is full: nothing new can be stored
     2.035  helmo.be      . uhasselt.be is silent about 40 records: sent again
     3.135  uhasselt.be     the node works again
     3.135  uhasselt.be   ! the disk is full: nothing new can be stored
     4.035  helmo.be        node.uhasselt.be does not answer: kept, tried again by itself
     6.335  uhasselt.be     the node works again
     6.335  uhasselt.be   ! the disk is full: nothing new can be stored
    11.335  uhasselt.be     the node works again
    11.345  uhasselt.be   . session to node.helmo.be opened
    11.350  helmo.be      . session from node.uhasselt.be is live
    11.355  uhasselt.be     helmo.be: write guard lifted, both hold the same
    11.360  helmo.be      . session to node.uhasselt.be opened
    11.365  uhasselt.be   . session from node.helmo.be is live
    11.385  uhasselt.be   . records from helmo.be: 1 new, 0 repeated (40 times)
    11.390  helmo.be      . receipt from uhasselt.be: 40 delivered, 0 known
    11.390  uhasselt.be   > A: kept
    11.395  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
    11.400  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
