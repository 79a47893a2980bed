using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Overseer.Faults;

/// <summary>One connection through a <see cref="Proxy"/>.</summary>
internal sealed class ProxyLink(Proxy proxy, Socket client) : IDisposable
{
    private readonly Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private readonly StringBuilder said = new();

    private bool isStarted;

    /// <summary>Whether what the server says is swallowed, the connection staying open.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether what the client says is swallowed, the connection staying open.</summary>
    public bool IsMute { get; set; }

    /// <summary>Whether the client sent this text, in a statement that it prepared, say.</summary>
    public bool Said(string text)
    {
        lock (said) return said.ToString().Contains(text, StringComparison.Ordinal);
    }

    public async Task RunAsync()
    {
        try
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(proxy.Upstream));
            await Task.WhenAny(RequestsAsync(), AnswersAsync());
        }
        catch (SocketException)
        {
            // The server is not there: the client sees its connection close.
        }
        finally
        {
            Dispose();
            proxy.Forget(this);
        }
    }

    /// <summary>Closes both ends, whatever was on its way.</summary>
    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task RequestsAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (await client.ReceiveAsync(buffer) is var read and > 0)
            {
                lock (said) said.Append(Encoding.Latin1.GetString(buffer, 0, Math.Min(read, 4096)));
                // The first is the start-up; to lose it would only be a connection that fails.
                if (isStarted && proxy.LosesRequest()) return;
                isStarted = true;
                await PassAsync(server, buffer.AsMemory(0, read), () => IsMute);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut, by one of the two or by the scenario.
        }
    }

    private async Task AnswersAsync()
    {
        var buffer = new byte[65536];
        var length = 0;
        var isReady = false;
        try
        {
            while (await server.ReceiveAsync(buffer.AsMemory(length)) is var read and > 0)
            {
                length += read;
                var whole = 0;
                // A message: its kind, and how long it is without the kind.
                while (length - whole >= 5)
                {
                    var size = 1 + BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(whole + 1));
                    if (size > buffer.Length) Array.Resize(ref buffer, size * 2);
                    if (length - whole < size) break;
                    if (buffer[whole] == (byte)'Z')
                    {
                        // The first is the answer to the start-up.
                        if (isReady && proxy.LosesAnswer()) return;
                        isReady = true;
                    }

                    whole += size;
                }

                await PassAsync(client, buffer.AsMemory(0, whole), () => IsDeaf);
                buffer.AsSpan(whole, length - whole).CopyTo(buffer);
                length -= whole;
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private async Task PassAsync(Socket to, ReadOnlyMemory<byte> data, Func<bool> isSwallowed)
    {
        if (proxy.Delay > TimeSpan.Zero) await Task.Delay(proxy.Delay);
        if (proxy.BytesPerSecond > 0) await Task.Delay(TimeSpan.FromSeconds((double)data.Length / proxy.BytesPerSecond));
        if (isSwallowed()) return;
        while (data.Length > 0) data = data[await to.SendAsync(data)..];
    }
}
