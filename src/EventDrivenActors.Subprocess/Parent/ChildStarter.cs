using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Starts children, and sends them their configuration.</summary>
internal sealed class ChildStarter
{
    private readonly Lock _gate;
    private readonly ParentOptions _options;
    private readonly IAdapterContext _context;
    private readonly SubprocessSettings _settings;
    private readonly CallEncoder _encoder;
    private readonly CallQueue _queue;
    private readonly CallReader _reader;
    private readonly Supervisor _supervisor;
    private readonly RunEnd _run;
    private readonly SupervisionLog _log;
    private readonly ChildConfiguration _configuration;

    // Written before the run starts its first child, read by any thread after that.
    private byte[] _encodedConfiguration = [];

    public ChildStarter(
        Lock gate,
        ParentOptions options,
        IAdapterContext context,
        SubprocessSettings settings,
        CallEncoder encoder,
        CallQueue queue,
        CallReader reader,
        Supervisor supervisor,
        RunEnd run,
        SupervisionLog log
    )
    {
        _gate = gate;
        _options = options;
        _context = context;
        _settings = settings;
        _encoder = encoder;
        _queue = queue;
        _reader = reader;
        _supervisor = supervisor;
        _run = run;
        _log = log;
        _configuration = Configure();
    }

    /// <summary>The clock of the link.</summary>
    private TimeProvider LinkTime => _options.LinkTime ?? _context.TimeProvider;

    /// <summary>A run begins.</summary>
    public void Prepare() =>
        _encodedConfiguration = ChildConfigurationCodec.Encode(
            _configuration with
            {
                Context = _encoder.EncodeContext(_context.RunContext),
                LogLevel = _log.Level,
                LogLines = _settings.LoggedLines,
            }
        );

    /// <summary>Starts a child, which lives in a task of its own. Under the gate.</summary>
    public SupervisedChild Start(ChildMember member)
    {
        SupervisedChild child = new(_gate, member, _encoder, new ReadingLane(LinkTime));
        child.Raised = new RaisedEvents(_context.Controller, _log.RaiseRefused, child.TellTaken, _queue.OnRaisedWaits);
        child.Life = Task.Run(() => LiveAsync(child));
        return child;
    }

    private async Task LiveAsync(SupervisedChild child)
    {
        SupervisionMetrics.Started();
        MessageReceiver receiver = new(child, _reader);
        await new Lifetime(child, receiver, _supervisor, _run)
            .LiveAsync(Connecting(child, receiver), _options.SetupTimeout ?? _settings.SetupTimeout)
            .ConfigureAwait(false);
    }

    private ParentConnectionOptions Connecting(SupervisedChild child, MessageReceiver receiver) =>
        new()
        {
            System = _context.System,
            Peer = receiver,
            Placement = _options.Place(),
            Slots = _queue.MaxInFlight,
            Configuration = _encodedConfiguration,
            Settings = _settings.Carrying(_options.MaxPayloadBytes),
            Assemblies =
            [
                .. _options
                    .Handlers.Select(entry => entry.Handler)
                    .Concat(_options.WarmUps)
                    .Select(handler => handler.Method.Module.Assembly)
                    .Distinct(),
            ],
            Time = LinkTime,
            EndTime = _options.EndTime,
            SetupTime = _options.Launcher is null ? null : _context.TimeProvider,
            Launcher = _options.Launcher,
            Turns = _options.Launcher is null ? StartTurns.OfProcess : null,
            OnLaunched = process => child.LaunchedProcess = process,
            OnOutput = line => _log.Output(line, () => RunningIn(child)),
            OnSilence = silence => OnSilence(child, silence),
        };

    private void OnSilence(SupervisedChild child, ChildSilence silence)
    {
        _log.Silence(silence);
        if (silence.Sign is not (SilenceSign.Starved or SilenceSign.Moving))
        {
            _supervisor.OnSilence(child, silence.Sign);
        }
    }

    /// <summary>The only event that has started in a child and not ended.</summary>
    private OutstandingCall? RunningIn(SupervisedChild child)
    {
        lock (_gate)
        {
            return
                child.Member.Calls.All.Where(call => call is { Started: true, Settled: false }).Take(2).ToArray()
                    is [var only]
                ? only
                : null;
        }
    }

    private ChildConfiguration Configure() =>
        new(
            _context.Controller.Name,
            _options.Rules.Workers,
            TimeOption.Limit(_options.EventTimeout)?.Ticks ?? 0,
            _settings.ReadTimeout.Ticks,
            _options.MaxPayloadBytes,
            _options.Setup is null ? null : WireTypeName.Of(_options.Setup),
            [
                .. _options
                    .AllowedTypes.Concat(
                        _options.Handlers.Select(entry => entry.Key).OfType<Enum>().Select(key => key.GetType())
                    )
                    .Distinct()
                    .Select(WireTypeName.Of),
            ],
            [
                .. _options.Handlers.Select(entry => new MappedMethod(
                    (int)entry.Slot,
                    entry.Key is null ? default(ReadOnlyMemory<byte>) : _encoder.EncodeKey(entry.Key),
                    MethodReference.From(entry.Handler)
                )),
            ],
            default
        )
        {
            WarmUps = [.. _options.WarmUps.Select(MethodReference.From)],
        };
}
