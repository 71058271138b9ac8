# Whoever holds session keys and says rubbish is refused, counted and told of once; the honest words
# of the same session are heard.
nodes helmo.be uhasselt.be
settle
uhasselt.be tells helmo.be rubbish
uhasselt.be tells helmo.be truncated
uhasselt.be tells helmo.be noncanonical
uhasselt.be tells helmo.be nothing
uhasselt.be tells helmo.be other-versions
uhasselt.be tells helmo.be pong
run 1s
expect frames_refused 6 at helmo.be
uhasselt.be nominates A to helmo.be
settle within 1s
expect A pending at both
expect same
--
     0.010  helmo.be      . session to node.uhasselt.be opened
     0.010  uhasselt.be   . session to node.helmo.be opened
     0.015  helmo.be      . session from node.uhasselt.be is live
     0.015  uhasselt.be   . session from node.helmo.be is live
     0.020  uhasselt.be     helmo.be: write guard lifted, both hold the same
     0.020  helmo.be        uhasselt.be: write guard lifted, both hold the same
     0.025  helmo.be      ! node.uhasselt.be says what no node may say: not a well-formed message: tell its administrator
     1.025  uhasselt.be   > A: kept
     1.030  helmo.be      . records from uhasselt.be: 1 new, 0 repeated
     1.035  uhasselt.be   . receipt from helmo.be: 1 delivered, 0 known
