# The catalogue names the wrong node for a partner: that node takes nothing that is not its own,
# what waits is kept, and the right entry is all that is needed.
nodes helmo.be uhasselt.be zhaw.ch
settle
the authority seats uhasselt.be at zhaw.ch
catalogue wrong is issued
helmo.be reads catalogue wrong
helmo.be nominates A to uhasselt.be
helmo.be nominates B to zhaw.ch
run 1m
expect B pending at both
expect ready 1 at helmo.be
expect records 1 at zhaw.ch
expect records 0 at uhasselt.be
the authority seats uhasselt.be at uhasselt.be
catalogue right is issued
all read catalogue right
settle within 20m
expect A pending at both
expect same
--
     0.010  uhasselt.be   . session to node.zhaw.ch opened
     0.010  zhaw.ch       . session to node.uhasselt.be opened
     0.010  helmo.be      . session to node.zhaw.ch opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  zhaw.ch       . session to node.helmo.be opened
     0.015  helmo.be      . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.zhaw.ch is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.015  zhaw.ch       . session from node.helmo.be is live
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  zhaw.ch       . session from node.uhasselt.be is live
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.020  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
     0.020  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
     0.020  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  zhaw.ch         helmo.be: write guard lifted, both hold the same
     0.025  helmo.be      > catalogue wrong: read
     0.025  helmo.be      > A: kept, waits for the guard
     0.025  helmo.be      > B: kept, waits for the guard
     0.035  helmo.be      . session to node.zhaw.ch opened
     0.040  zhaw.ch       . session from node.helmo.be is live
     0.040  zhaw.ch       ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
     0.040  zhaw.ch       ! node.helmo.be says what no node may say: not for an institution served here: tell its administrator
     0.045  helmo.be        zhaw.ch: write guard lifted, both hold the same
     0.050  zhaw.ch       . session to node.helmo.be opened
     0.050  zhaw.ch       . records from helmo.be: 1 new, 0 repeated
     0.055  helmo.be      . session from node.zhaw.ch is live
     0.055  helmo.be      . receipt from zhaw.ch: 1 delivered, 0 known
     0.060  zhaw.ch       ! node.helmo.be knows catalogue 2, this node 1: fetch the newest
    18.025  uhasselt.be     node.helmo.be does not answer: kept, tried again by itself
    60.025  helmo.be      > catalogue right: read
    60.025  uhasselt.be   > catalogue right: read
    60.025  zhaw.ch       > catalogue right: read
    60.035  uhasselt.be   . session to node.zhaw.ch opened
    60.035  uhasselt.be   . session to node.helmo.be opened
    60.035  helmo.be      . session to node.zhaw.ch opened
    60.035  zhaw.ch       . session to node.uhasselt.be opened
    60.035  helmo.be      . session to node.uhasselt.be opened
    60.035  zhaw.ch       . session to node.helmo.be opened
    60.040  helmo.be      . session from node.zhaw.ch is live
    60.040  zhaw.ch       . session from node.helmo.be is live
    60.040  zhaw.ch       . session from node.uhasselt.be is live
    60.040  uhasselt.be   . session from node.helmo.be is live
    60.040  helmo.be      . session from node.uhasselt.be is live
    60.040  uhasselt.be   . session from node.zhaw.ch is live
    60.045  helmo.be        uhasselt.be: write guard lifted, both hold the same
    60.045  zhaw.ch         uhasselt.be: write guard lifted, both hold the same
    60.045  helmo.be        zhaw.ch: write guard lifted, both hold the same
    60.045  uhasselt.be     helmo.be: write guard lifted, both hold the same
    60.045  zhaw.ch         helmo.be: write guard lifted, both hold the same
    60.045  uhasselt.be     zhaw.ch: write guard lifted, both hold the same
    60.055  uhasselt.be   . records from helmo.be: 1 new, 0 repeated
    60.060  helmo.be      . receipt from uhasselt.be: 1 delivered, 0 known
