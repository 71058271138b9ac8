# Both sides of an exchange on one node are one commit: when it fails or the process dies, neither
# has it.
itg.be lodges at uhasselt.be
nodes uhasselt.be itg.be
uhasselt.be cannot commit submission
uhasselt.be nominates A to itg.be
run 1s
expect records 0 at uhasselt.be
expect records 0 at itg.be
uhasselt.be dies before committing submission
uhasselt.be nominates A to itg.be
uhasselt.be starts
expect records 0 at itg.be
uhasselt.be dies after committing submission
uhasselt.be nominates B to itg.be under key k
uhasselt.be starts
expect records 1 at itg.be
uhasselt.be nominates B to itg.be under key k
itg.be accepts B
expect B accepted at both
expect same
--
     0.000  uhasselt.be   ! the disk is full: nothing new can be stored
     0.000  uhasselt.be   > A: no answer
     0.100  uhasselt.be     the node works again
     1.000  uhasselt.be   > A: no answer
     1.000  uhasselt.be   > B: no answer
     1.000  uhasselt.be   > B: kept, as answered before
     1.000  uhasselt.be   . records from itg.be: 1 new, 0 repeated
     1.000  uhasselt.be   . receipt from uhasselt.be: 1 delivered, 0 known
     1.000  itg.be        > B: kept
