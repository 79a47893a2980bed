using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Overseer.Tests.Json;

/// <summary>Values of a type that is derived from the declared one, of which JSON would keep only what is declared.</summary>
public sealed partial class DerivedValueTests
{
    public record Beast(string Name);

    public record Wolf(string Name, int Teeth) : Beast(Name);

    public interface INamed
    {
        string Name { get; }
    }

    public sealed record Named(string Name, int Age) : INamed;

    public sealed record Pack(Beast Leader, List<Beast> Others, Dictionary<string, Beast> ByName);

    [JsonDerivedType(typeof(Car), "car")]
    public abstract record Vehicle(int Wheels);

    public record Car(int Wheels, string Plate) : Vehicle(Wheels);

    public sealed record Taxi(int Wheels, string Plate, decimal Fare) : Car(Wheels, Plate);

    [JsonConverter(typeof(PlainConverter))]
    public record Plain(string Text);

    public sealed record Fancy(string Text) : Plain(Text + "!");

    public class Names : List<string>;

    public class Loud : IJsonOnSerializing
    {
        public int Written { get; private set; }

        public void OnSerializing() => Written++;
    }

    public sealed class Louder : Loud;

    private sealed class PlainConverter : JsonConverter<Plain>
    {
        public override Plain Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Plain value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }

    [JsonSerializable(typeof(Beast))]
    [JsonSerializable(typeof(Pack))]
    [JsonSourceGenerationOptions(
        IncludeFields = true,
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true)]
    private sealed partial class BeastJson : JsonSerializerContext;

    private static readonly PayloadJson Described = PayloadJson.Of(BeastJson.Default);

    [Fact]
    public void Derived_args_are_refused_with_both_types_and_what_to_do()
    {
        var error = Assert.Throws<ArgumentException>(() => Job.Create<Beast>("a", new Wolf("rex", 4)));
        Assert.Contains(
            $"a {typeof(Wolf)} stands where {typeof(Beast)} is declared, and of it only what {typeof(Beast)} has would be stored. "
            + $"Declare Wolf, or put [JsonDerivedType(typeof(Wolf), \"wolf\")] on Beast.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Described.SerializeArgs<Beast>("a", new Wolf("rex", 4)));
    }

    [Fact]
    public void The_place_of_a_nested_one_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Job.Create("a", new Pack(new Beast("a"), [new Beast("b"), new Wolf("rex", 4)], [])));
        Assert.Contains("At $.Others", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derived_result_is_rejected()
    {
        Assert.Throws<ResultRejectedException>(() => PayloadJson.Default.SerializeResult<Beast>("a", new Wolf("rex", 4), 1000));
        Assert.Throws<ResultRejectedException>(() => Described.SerializeResult<Beast>("a", new Wolf("rex", 4), 1000));
        Assert.Throws<ResultRejectedException>(() => PayloadJson.Default.SerializeResult<INamed>("a", new Named("rex", 4), 1000));
    }

    [Fact]
    public void Derived_members_elements_and_values_are_refused()
    {
        var rex = new Wolf("rex", 4);
        foreach (var json in new[] { PayloadJson.Default, Described })
        {
            Assert.Throws<ArgumentException>(() => json.SerializeArgs("a", new Pack(rex, [], [])));
            Assert.Throws<ArgumentException>(() => json.SerializeArgs("a", new Pack(new Beast("a"), [new Beast("b"), rex], [])));
            Assert.Throws<ArgumentException>(() => json.SerializeArgs("a", new Pack(new Beast("a"), [], new() { ["rex"] = rex })));
            Assert.NotNull(json.SerializeArgs("a", new Pack(new Beast("a"), [new Beast("b")], new() { ["c"] = new Beast("c") })));
        }

        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("a", new Beast[] { rex }));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs("a", new { Leader = (Beast)rex }));
    }

    [Fact]
    public void What_keeps_all_of_the_value_is_stored()
    {
        Assert.Equal("""{"Name":"rex"}""", PayloadJson.Default.SerializeArgs("a", new Beast("rex")));
        Assert.Equal("""{"Teeth":4,"Name":"rex"}""", PayloadJson.Default.SerializeArgs("a", new Wolf("rex", 4)));
        Assert.Equal("""{"Teeth":4,"Name":"rex"}""", PayloadJson.Default.SerializeArgs<object>("a", new Wolf("rex", 4)));
        Assert.Equal("""[{"Teeth":4,"Name":"rex"}]""", PayloadJson.Default.SerializeArgs<object[]>("a", [new Wolf("rex", 4)]));
        Assert.Equal("""{"Name":"rex"}""", PayloadJson.Default.SerializeArgs("a", new { Name = "rex" }));
        Assert.Equal("3", PayloadJson.Default.SerializeArgs<int?>("a", 3));
        Assert.Equal("null", PayloadJson.Default.SerializeArgs<Beast?>("a", null));
    }

    [Fact]
    public void A_collection_is_its_elements_whatever_it_is_made_with()
    {
        Assert.Equal("[1]", PayloadJson.Default.SerializeArgs<IReadOnlyList<int>>("a", new List<int> { 1 }));
        Assert.Equal("[1]", PayloadJson.Default.SerializeArgs<IEnumerable<int>>("a", new[] { 0 }.Select(number => number + 1)));
        Assert.Equal("[1]", PayloadJson.Default.SerializeArgs<Collection<int>>("a", new ObservableCollection<int> { 1 }));
        Assert.Equal("""["a"]""", PayloadJson.Default.SerializeArgs<List<string>>("a", new Names { "a" }));
        Assert.Equal("""{"a":1}""", PayloadJson.Default.SerializeArgs<IReadOnlyDictionary<string, int>>("a", new SortedDictionary<string, int> { ["a"] = 1 }));
    }

    [Fact]
    public void Declared_derived_types_are_stored_and_others_refused()
    {
        Assert.Equal("""{"$type":"car","Plate":"B-1","Wheels":4}""", PayloadJson.Default.SerializeArgs<Vehicle>("a", new Car(4, "B-1")));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs<Vehicle>("a", new Taxi(4, "B-1", 7)));
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs<Car>("a", new Taxi(4, "B-1", 7)));
    }

    [Fact]
    public void A_converter_writes_what_it_wants() =>
        Assert.Equal("\"hi!\"", PayloadJson.Default.SerializeArgs<Plain>("a", new Fancy("hi")));

    [Fact]
    public void A_types_own_callback_is_still_called()
    {
        var loud = new Loud();
        PayloadJson.Default.SerializeArgs("a", loud);
        Assert.Equal(1, loud.Written);
        Assert.Throws<ArgumentException>(() => PayloadJson.Default.SerializeArgs<Loud>("a", new Louder()));
    }
}
