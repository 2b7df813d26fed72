namespace EventDrivenActors.TestKit.Children;

/// <content>Freezing and starving the child.</content>
internal sealed partial class SimulatedChild
{
    // Written under _gate; read by any thread.
    private volatile bool _isFrozen;
    private volatile bool _isStarved;

    /// <summary>Freezes the child: it sends and receives nothing, and its timers and handlers wait.</summary>
    /// <param name="length">How long; zero for good.</param>
    public void Freeze(TimeSpan length)
    {
        lock (_gate)
        {
            if (_dead || _isFrozen)
            {
                return;
            }

            _isFrozen = true;
            _clock.Halt();
            _stream.Keep();
            _toChild.Hold();
            _talk.Hold();
        }

        _program.Hold();
        After(length, Thaw);
    }

    /// <summary>Makes the child start no work, like a process whose thread pool is stuck.</summary>
    /// <param name="length">How long; zero for good.</param>
    public void Starve(TimeSpan length)
    {
        lock (_gate)
        {
            if (_dead || _isStarved)
            {
                return;
            }

            _isStarved = true;
        }

        _program.Hold();
        After(
            length,
            () =>
            {
                lock (_gate)
                {
                    _isStarved = false;
                }

                ReleaseProgram();
            }
        );
    }

    private void Thaw()
    {
        bool asked;
        lock (_gate)
        {
            if (_dead)
            {
                return;
            }

            _isFrozen = false;
            asked = _asked;
        }

        _clock.GoOn();
        _stream.LetOut();
        _toChild.Release();
        ReleaseProgram();
        GoOnTalking();
        if (asked)
        {
            Leave();
        }
    }

    private void ReleaseProgram()
    {
        bool stays;
        lock (_gate)
        {
            stays = _dead || _isFrozen || _isStarved;
        }

        if (!stays)
        {
            _program.Release();
        }
    }

    private void GoOnTalking()
    {
        lock (_gate)
        {
            if (_dead || _isFrozen)
            {
                return;
            }
        }

        _talk.GoOn();
    }
}
