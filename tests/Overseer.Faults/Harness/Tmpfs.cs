using System.Globalization;

namespace Overseer.Faults;

/// <summary>A disk that is small: in memory, mounted by root.</summary>
internal sealed class Tmpfs : IAsyncDisposable
{
    private Tmpfs(string path) => Path = path;

    public string Path { get; }

    private string Ballast => $"{Path}/ballast";

    public static async Task<Tmpfs> MountAsync(int megabytes)
    {
        Tools.NeedRoot("To mount a small disk");
        var disk = new Tmpfs(Directory.CreateTempSubdirectory("ovf").FullName);
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755"), "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>A folder on it that the server's user owns.</summary>
    public async Task<string> FolderAsync(string name)
    {
        Directory.CreateDirectory($"{Path}/{name}");
        await Shell.RunAsync("chown", "postgres", $"{Path}/{name}");
        return $"{Path}/{name}";
    }

    /// <summary>Leaves this many bytes free.</summary>
    public void Fill(long leave = 0)
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        var piece = new byte[4096];
        try
        {
            while (new DriveInfo(Path).AvailableFreeSpace > leave)
            {
                file.Write(piece);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("umount", "-l", Path);
        Directory.Delete(Path);
    }
}
