using System.Net;

namespace Overseer.Faults;

/// <summary>A network of its own for a process, joined to this one by a cable that can be pulled.</summary>
internal sealed class Netns : IAsyncDisposable
{
    private readonly string name;

    private readonly byte subnet;

    private Netns(string name, byte subnet)
    {
        this.name = name;
        this.subnet = subnet;
    }

    /// <summary>The end of the cable that is here.</summary>
    public IPAddress Address => new([10, 213, subnet, 1]);

    /// <summary>What starts a program in it.</summary>
    public IReadOnlyList<string> Wrapper => ["ip", "netns", "exec", name];

    private string Here => $"{name}a";

    public static async Task<Netns> MakeAsync()
    {
        Tools.NeedRoot("To make a network of its own for a worker");
        // Short: an interface's name may have 15 bytes.
        var subnet = (byte)(Environment.ProcessId % 250);
        var net = new Netns($"ovf{Environment.ProcessId % 1_000_000}", subnet);
        try
        {
            await Shell.RunAsync("ip", "netns", "add", net.name);
            await Shell.RunAsync("ip", "link", "add", net.Here, "type", "veth", "peer", "name", "eth0", "netns", net.name);
            await Shell.RunAsync("ip", "addr", "add", $"{net.Address}/24", "dev", net.Here);
            await Shell.RunAsync("ip", "link", "set", net.Here, "up");
            await Shell.RunAsync("ip", "-n", net.name, "addr", "add", $"10.213.{subnet}.2/24", "dev", "eth0");
            await Shell.RunAsync("ip", "-n", net.name, "link", "set", "eth0", "up");
            await Shell.RunAsync("ip", "-n", net.name, "link", "set", "lo", "up");
        }
        catch (InvalidOperationException error)
        {
            await net.DisposeAsync();
            throw new FaultException($"A network of its own for a worker could not be made. It needs the package iproute2, and root with the right to make network namespaces: {error.Message}");
        }

        return net;
    }

    public Task PullAsync() => Shell.RunAsync("ip", "link", "set", Here, "down");

    public Task PlugAsync() => Shell.RunAsync("ip", "link", "set", Here, "up");

    public async ValueTask DisposeAsync()
    {
        // With it go its interfaces, and with each of them its other end.
        try
        {
            await Shell.RunAsync("ip", "netns", "delete", name);
        }
        catch (InvalidOperationException)
        {
            // It was never made.
        }
    }
}
