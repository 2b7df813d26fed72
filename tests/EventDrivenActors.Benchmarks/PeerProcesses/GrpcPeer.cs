using System.Net.Sockets;
using EventDrivenActors.Benchmarks.Harness;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>gRPC over a Unix socket: Kestrel, and the client of Grpc.Net.</summary>
internal sealed class GrpcPeer : IDisposable
{
    private readonly SocketPlace _place;
    private readonly PeerProcess _process;
    private readonly GrpcChannel _channel;
    private readonly Calculator.CalculatorClient _client;

    private GrpcPeer(SocketPlace place, PeerProcess process)
    {
        (_place, _process) = (place, process);
        SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (_, _) =>
                new NetworkStream(await place.ConnectAsync().ConfigureAwait(false), ownsSocket: true),
        };
        _channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = null,
                MaxSendMessageSize = null,
            }
        );
        _client = new Calculator.CalculatorClient(_channel);
    }

    public static async Task<GrpcPeer> StartAsync()
    {
        SocketPlace place = new();
        PeerProcess process = PeerProcess.Role(PeerRoles.Grpc, place.Path);
        await process.ReadAsync().ConfigureAwait(false);
        return new GrpcPeer(place, process);
    }

    public async Task<int> AddAsync(int i) =>
        (await _client.AddAsync(new Operands { First = i, Second = 1 }).ConfigureAwait(false)).Value;

    /// <summary>The bytes are not copied on the way in and out, which protobuf calls unsafe.</summary>
    public async Task<int> EchoAsync(byte[] data) =>
        (await _client.EchoAsync(new Block { Data = UnsafeByteOperations.UnsafeWrap(data) }).ConfigureAwait(false))
            .Data
            .Length;

    /// <summary>One duplex stream, on which so many are in flight.</summary>
    public Contender Duplex(Course course, int inFlight) =>
        Contender.Repeating(
            "gRPC duplex",
            course,
            async n =>
            {
                using AsyncDuplexStreamingCall<Operands, Sum> call = _client.AddMany();
                using SemaphoreSlim room = new(inFlight);
                Task reading = ReadAsync(call, room);
                for (int i = 0; i < n; i++)
                {
                    await room.WaitAsync().ConfigureAwait(false);
                    await call.RequestStream.WriteAsync(new Operands { First = i, Second = 1 }).ConfigureAwait(false);
                }

                await call.RequestStream.CompleteAsync().ConfigureAwait(false);
                await reading.ConfigureAwait(false);
            }
        );

    public static async Task ServeAsync(string path)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = options.MaxSendMessageSize = null);
        WebApplication application = builder.Build();
        await using (application.ConfigureAwait(false))
        {
            application.MapGrpcService<CalculatorService>();
            await application.StartAsync().ConfigureAwait(false);
            await PeerRoles.StayAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _process.Dispose();
        _place.Dispose();
    }

    private static async Task ReadAsync(AsyncDuplexStreamingCall<Operands, Sum> call, SemaphoreSlim room)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            room.Release();
        }
    }
}
