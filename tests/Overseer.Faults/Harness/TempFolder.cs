namespace Overseer.Faults;

/// <summary>A folder, with a short path, that all users may look into.</summary>
internal sealed class TempFolder : IAsyncDisposable
{
    private TempFolder(string path) => Path = path;

    public string Path { get; }

    public static async Task<TempFolder> CreateAsync()
    {
        var folder = new TempFolder(Directory.CreateTempSubdirectory("ovf").FullName);
        await Shell.RunAsync("chmod", "755", folder.Path);
        return folder;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
