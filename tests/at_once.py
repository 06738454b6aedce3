"""Several users at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from .rpc import RpcError


def at_once(*actions):
    """Run the functions in threads that start together.

    :return: list of what each returned, or the RpcError it met
    """
    barrier = Barrier(len(actions))

    def run(action):
        barrier.wait()
        try:
            return action()
        except RpcError as error:
            return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
