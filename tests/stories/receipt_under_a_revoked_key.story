# Who does not know yet that its key is revoked signs receipts with it: they are refused, and the
# record waits until the partner has read the catalogue and signs with a key that counts.
nodes helmo.be uhasselt.be
settle
uhasselt.be gets a new signing key
the old keys of uhasselt.be are revoked
catalogue second is issued
helmo.be reads catalogue second
settle
helmo.be nominates A to uhasselt.be
run 10s
expect outbox 1 at helmo.be
expect receipts_taken 0 at helmo.be
all read catalogue second
run 1m
expect outbox 0 at helmo.be
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      > catalogue second: read
     0.035  helmo.be      . session to node.uhasselt.be opened
     0.040  uhasselt.be   . session from node.helmo.be is live
     0.040  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
     0.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.050  uhasselt.be   . session to node.helmo.be opened
     0.055  helmo.be      . session from node.uhasselt.be is live
     0.060  uhasselt.be   ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
     0.065  helmo.be      > A: kept
     0.070  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
     0.075  helmo.be      ! node.uhasselt.be says what no node may say: signed with a revoked key: tell its administrator
     2.075  helmo.be      . uhasselt.be is silent about 1 records: sent again
     2.080  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
     6.075  helmo.be      . uhasselt.be is silent about 1 records: sent again
     6.080  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    10.065  helmo.be      > catalogue second: read
    10.065  uhasselt.be   > catalogue second: read
    10.075  uhasselt.be   . session to node.helmo.be opened
    10.075  helmo.be      . session to node.uhasselt.be opened
    10.080  uhasselt.be   . session from node.helmo.be is live
    10.080  helmo.be      . session from node.uhasselt.be is live
    10.085  helmo.be        uhasselt.be: write guard lifted, both hold the same
    10.085  uhasselt.be     helmo.be: write guard lifted, both hold the same
    10.095  uhasselt.be   . records from helmo.be: 0 new, 1 repeated
    10.100  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
